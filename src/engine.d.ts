/** What is wanted of an answer beside the query. */
export interface QueryOptions {
  /** How many hits, at most; 10 unless told, 1,000 at most. */
  limit?: number;
  /** How many to leave out at the front. */
  offset?: number;
  /** Per metadata field, the values of which a document must have one. */
  filters?: Record<string, string[]>;
  /** `title` or a metadata field, with `:asc` or `:desc`; by relevance unless told. */
  sort?: string;
  /** Whether misspelt words may be read as others; so unless `false`. */
  correct?: boolean;
  /** Whether hits say what each part of the query added to their score. */
  explain?: boolean;
  /** Metadata fields to count values of; those that documents share unless told. */
  facets?: string[];
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
  /** What was typed and not used: `operator`, `quote`, `symbols`, `length`, `words`, `common` or `date`. */
  ignored: { text: string; reason: string }[];
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
