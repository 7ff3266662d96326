#!/usr/bin/env node
import { answersVersion } from './version.ts';

if (!answersVersion(process)) await import('./program.ts');
