#!/usr/bin/env node
import { PkiError } from '@kubepki/core';
import { update } from './generator.ts';

const [folder = 'pki'] = process.argv.slice(2);
try {
  for await (const { spec, made } of update(folder)) console.error(`${made ? 'made' : 'kept'} ${spec.id}`);
  console.log(`${folder}/current is as the plan says`);
} catch (error) {
  if (!(error instanceof PkiError)) throw error;
  console.error(`error: ${error.message}`);
  for (const { where, message } of error.problems) console.error(`  ${where}: ${message}`);
  if (error.hint !== undefined) console.error(`hint: ${error.hint}`);
  process.exitCode = { usage: 64, input: 65, system: 74, busy: 75 }[error.fault];
}
