import type { Check } from './check.ts'
import { atSpecs } from './specs.ts'

export const R20: Check = {
  name: 'R20',
  about: 'releases N, N+1 and N+2 under open tabs, offline at the wrong moment, old parts gone',
  inBrowser: () => atSpecs('R20', ['update']),
}
