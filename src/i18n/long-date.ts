/** "28 August 2026". */
import { lazily } from './dates.ts'

const long = lazily({ dateStyle: 'long' })

export const longDate = (date: string): string => long.format(Date.parse(date))
