import { basename, dirname } from 'node:path';
import { configFailure } from '@kubepki/presets';
import { AppError } from '../failure.ts';
import { shown } from '../shell.ts';

/** What went wrong while a config was loaded, with its name and where known its line. */
export function explain(error: unknown, path: string): Error {
  const missing = missingPackage(error);
  if (missing !== undefined) {
    return new AppError('CONFIG_FAILED', `${shown(path)}: the package ${missing} is not installed there`, {
      fault: 'input',
      hint: npmInstall(missing, path),
      cause: error,
    });
  }
  const hint = hintFor(error, path);
  return configFailure(error, { where: placeIn(error, path), ...(hint === undefined ? {} : { hint }) });
}

/** Whether Node says that it cannot load this TypeScript. */
export function needsTsx(error: unknown): boolean {
  const { code, message } = fieldsOf(error);
  return (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /"\.[cm]?tsx?"/.test(message)) || cannotStrip.has(code);
}

/** Neither Node nor tsx loads it: what to do about it. */
export function noTypeScript(error: unknown, path: string): AppError {
  const { code, message } = fieldsOf(error);
  const tsx = npmInstall('--save-dev tsx', path);
  if (cannotStrip.has(code)) {
    return new AppError('CONFIG_TYPESCRIPT', `${placeIn(error, path)}: ${message.split('\n')[0]}`, {
      fault: 'input',
      hint: `write it without, or ${tsx}`,
      cause: error,
    });
  }
  const itself = message.includes(basename(path));
  const what = itself ? 'it is TypeScript' : 'it imports TypeScript';
  const otherwise = itself ? 'rename it to kubepki.config.mjs and leave out the types' : 'import JavaScript';
  return new AppError(
    'CONFIG_TYPESCRIPT',
    `${shown(path)}: ${what}, which Node ${process.versions.node} does not load`,
    {
      fault: 'input',
      hint: `use Node 22.18 or later; or ${tsx}; or ${otherwise}`,
      cause: error,
    },
  );
}

/** It exports something else than a config. */
export function noDefault(path: string): AppError {
  return new AppError('CONFIG_INVALID', `${shown(path)}: it has no default export`, {
    fault: 'input',
    hint: 'export default defineConfig({ … }), with defineConfig from @kubepki/presets',
  });
}

/** Enums and the like, and TypeScript in node_modules. */
const cannotStrip = new Set(['ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING']);

function hintFor(error: unknown, path: string): string | undefined {
  const { name, message } = fieldsOf(error);
  if (name === 'SyntaxError' && /Unexpected token 'export'|import statement outside a module/.test(message)) {
    const renamed = basename(path).replace(/\.(ts|js)$/, '.m$1');
    return `its package.json makes it CommonJS: rename it to ${renamed}, or set "type": "module" there`;
  }
  return undefined;
}

function missingPackage(error: unknown): string | undefined {
  const { code, message } = fieldsOf(error);
  return code === 'ERR_MODULE_NOT_FOUND' ? /^Cannot find package '([^']+)'/.exec(message)?.[1] : undefined;
}

/** The file and, where the error tells it, the line in it. */
function placeIn(error: unknown, path: string): string {
  const { message, stack } = fieldsOf(error);
  const name = basename(path).replace(/\W/g, '\\$&');
  const line = new RegExp(`/${name}(#tsx)?:(\\d+)`).exec(`${message}\n${stack}`)?.[2];
  return line === undefined ? shown(path) : `${shown(path)}:${line}`;
}

function npmInstall(what: string, path: string): string {
  const folder = shown(dirname(path));
  return folder === '.' ? `npm install ${what}` : `npm install ${what}, in ${folder}`;
}

function fieldsOf(error: unknown) {
  const {
    code = '',
    name = '',
    message = '',
    stack = '',
  } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return { code, name, message, stack };
}
