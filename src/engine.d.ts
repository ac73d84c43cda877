/** A value of a metadata field; numbers are compared as they are written. */
export type FieldValue = string | number;

/** What a metadata field has to say: a value, one of several, or all that is said here of it. */
export type FieldCondition =
  | FieldValue
  | FieldValue[]
  | {
      /** It has one of these values. */
      any?: FieldValue | FieldValue[];
      /** It has all of these values. */
      all?: FieldValue | FieldValue[];
      /** It has none of these values. */
      none?: FieldValue | FieldValue[];
      /** The same as `none`. */
      not?: FieldValue | FieldValue[];
      /** A value is this or comes after it: as a number where this is one, else as a text. */
      from?: FieldValue;
      /** A value is this or comes before it; a text is compared as a beginning: `2023` includes all of that year. */
      to?: FieldValue;
    };

/**
 * What metadata has to say: a condition for each field, all of which hold. The names `any`, `all`, `none` and `not`
 * join conditions instead, those of an object or of a list of objects.
 */
export interface Condition {
  any?: Condition | Condition[];
  all?: Condition | Condition[];
  none?: Condition | Condition[];
  not?: Condition | Condition[];
  [field: string]: FieldCondition | Condition | Condition[] | undefined;
}

/** What an occurrence of a word counts by where it stands; with 0, words there are not looked for. */
export interface FieldWeights {
  /** 3 unless told. */
  title?: number;
  /** 2 unless told. */
  heading?: number;
  /** 1 unless told. */
  body?: number;
  /** The address, anchors and metadata; 1 unless told. */
  meta?: number;
}

/** How occurrences of words become scores; measurements chose the defaults. */
export interface Ranking {
  /** How quickly further occurrences stop counting: the higher, the later. BM25 calls it k1; 1.6 unless told. */
  saturation?: number;
  /** How much a long document has to say a word more often, from 0 to 1. BM25 calls it b; 0.4 unless told. */
  length?: number;
  /** Share of the score, from 0 to 1, in which every occurrence counts as much as the first; 0 unless told. */
  counts?: number;
  /** What an occurrence counts that differs from the word in accents; 0.95 unless told, and with 0 it is none. */
  accents?: number;
  /** How much a longer word counts less than the beginning that was typed; 1 unless told. */
  beginnings?: number;
}

/** What is wanted of an answer beside the query. */
export interface QueryOptions {
  /** How many hits, at most; 10 unless told, 1,000 at most. */
  limit?: number;
  /** How many to leave out at the front. */
  offset?: number;
  /** What metadata has to say: `{ tag: ['a', 'b'], date: { from: '2023' } }`. */
  filters?: Condition | Condition[];
  /** `title` or a metadata field, with `:asc` or `:desc`; by relevance unless told. */
  sort?: string;
  /** Whether misspelt words may be read as others; so unless `false`. */
  correct?: boolean;
  /** Whether the last word may be the beginning of one; so unless `false`. */
  prefix?: boolean;
  /** Whether words stand for themselves alone: no stems, beginnings, corrections or synonyms. */
  exact?: boolean;
  /** What words count by where they stand. */
  fields?: FieldWeights;
  /** How occurrences become scores. */
  ranking?: Ranking;
  /**
   * How much of its text a hit brings along: the passages that say most unless told; all of it (`whole`), where `snippet`
   * is what stands before the first heading and `sections` are all there are, line by line with the heading first.
   */
  texts?: 'passages' | 'whole';
  /** Whether near-duplicates are hits of their own. */
  apart?: boolean;
  /** Whether a query without anything to look for finds every document instead of none. */
  all?: boolean;
  /** Whether hits say what each part of the query added to their score. */
  explain?: boolean;
  /** Metadata fields to count values of; those that documents share unless told. */
  facets?: string | string[];
  /** Whether values that no match has are listed among the facets, too. */
  zeros?: boolean;
  /** Whether all documents that match are listed beside the hits. */
  listing?: boolean;
}

/** A passage; marks are start and end in UTF-16 code units. */
export interface Snippet {
  text: string;
  marks: [number, number][];
}

/** A document that matches. */
export interface Hit {
  id: string;
  url: string;
  title: string;
  titleMarks: [number, number][];
  /** In thousandths; comparable within one answer only. */
  score: number;
  snippet: Snippet;
  sections: { title: string; url: string; snippet: Snippet }[];
  meta: Record<string, string | string[]>;
  /** Near-duplicates that match, too. */
  duplicates: { id: string; url: string; title: string }[];
  explanation?: { text: string; score: number }[];
}

/** The answer to a query. */
export interface Answer {
  /** Documents that match, near-duplicates counted once. */
  total: number;
  hits: Hit[];
  /** Values of metadata fields: how many matches have each after filtering and before, near-duplicates counted once. */
  facets: Record<string, { value: string; count: number; total: number }[]>;
  /** How the query was understood, if not as typed. */
  corrected?: { from: string; to: string };
  /** What may have been meant by words that the corpus has, but hardly: both were looked for. */
  offered?: { from: string; to: string };
  /**
   * What was typed and not used: `operator`, `quote`, `symbols`, `length`, `words`, `common`, `date`, or `exclusion`
   * where everything would have been excluded.
   */
  ignored: { text: string; reason: string }[];
  /**
   * Documents that match, in the order of hits, near-duplicates by themselves: the number and the score of each. Where there
   * are any.
   */
  listing?: [number, number][];
  /** What these are sorted by, where that is a metadata field; empty where a document has none. */
  sortedBy?: string[];
  /** Milliseconds. */
  took: number;
}

/** What an index holds. */
export interface Info {
  documents: number;
  terms: number;
  words: number;
  format: number;
  bytes: Record<string, number>;
}

export interface Engine {
  /** Answers a query. Every text has an answer. */
  query(text: string, options?: QueryOptions): Answer;
  /** Completions of the last word of a text. */
  suggest(text: string, options?: { limit?: number }): { text: string; documents: number }[];
  /** Documents like the one with this id. */
  similar(id: string, options?: { limit?: number }): Hit[];
  /** What the index holds. */
  info(): Info;
}
