#!/usr/bin/env node
/**
 * `npx samara-search …`: the `samara` command. A native binary, where one is installed, answers; else the module, by WASI.
 * `SAMARA_WASI=1` asks for the module.
 */

import { spawnSync } from 'node:child_process';
import { command } from './command.mjs';
import { native } from './native.mjs';
import { serve } from './serve.mjs';

const words = process.argv.slice(2);
const program = process.env.SAMARA_WASI ? undefined : native();
if (program) {
  const { status, error } = spawnSync(program, words, { stdio: 'inherit' });
  if (error) console.error(`error: ${program}: ${error.message}; SAMARA_WASI=1 goes without it`);
  process.exitCode = status ?? 1;
} else if (words[0] === 'serve' && !words.some((word) => ['-h', '--help'].includes(word))) {
  process.exitCode = await serve(words.slice(1));
} else {
  process.exitCode = await command(words);
}
