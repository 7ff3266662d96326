import type { Row } from './row.ts';
import { atOnce } from './rows/at-once.ts';
import { back } from './rows/back.ts';
import { helpers } from './rows/children.ts';
import { failing } from './rows/errors.ts';
import { fuzz } from './rows/fuzz.ts';
import { hostileNames } from './rows/hostile-names.ts';
import { hostileYaml } from './rows/hostile-yaml.ts';
import { idle } from './rows/idle.ts';
import { killed } from './rows/killed.ts';
import { lock } from './rows/lock.ts';
import { modes } from './rows/modes.ts';
import { otherUser } from './rows/other-user.ts';
import { badPlaces } from './rows/places.ts';
import { planted } from './rows/planted.ts';
import { secret } from './rows/secret.ts';
import { short } from './rows/short.ts';
import { stored } from './rows/stored.ts';

/** The rows of the scoreboard in the order in which they are measured. */
export const rows: readonly Row[] = [
  killed,
  failing,
  short,
  stored,
  badPlaces,
  atOnce,
  lock,
  idle,
  back,
  modes,
  otherUser,
  planted,
  helpers,
  fuzz,
  hostileYaml,
  hostileNames,
  secret,
];
