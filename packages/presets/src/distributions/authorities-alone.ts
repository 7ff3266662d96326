import type { authorities } from '@kubepki/component-authorities';
import type { z } from 'zod';
import type { DistributionPreset } from './preset.ts';

/** Authorities by name, each with its common name and the uses that it stands behind. */
export type AuthorityTable = NonNullable<z.input<(typeof authorities)['options']>['authorities']>;

/** What a distribution needs that makes its leaf certificates itself: its authorities, the key of tokens, and people. */
export function authoritiesAlone(table: AuthorityTable): Pick<DistributionPreset, 'components' | 'options'> {
  return {
    components: ['authorities', 'service-account', 'admin', 'users'],
    options: { authorities: { authorities: table, apiserverPort: 6443 } },
  };
}
