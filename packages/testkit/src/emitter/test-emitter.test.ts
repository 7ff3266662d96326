import { defineEmitter } from '@kubepki/core';
import test from 'ava';
import { z } from 'zod';
import { pemFiles } from '../pem-files.ts';
import { testEmitter } from './test-emitter.ts';

testEmitter(test, defineEmitter({ name: 'pem-files', options: z.strictObject({}), emitter: () => pemFiles }));
