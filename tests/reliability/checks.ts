/** All of them, in the order of reliability.md. */
import type { Check } from './check.ts'
import { R8 } from './r08.ts'
import { R9 } from './r09.ts'
import { R10 } from './r10.ts'
import { R11 } from './r11.ts'
import { R12 } from './r12.ts'
import { R13 } from './r13.ts'
import { R14 } from './r14.ts'
import { R15 } from './r15.ts'
import { R17 } from './r17.ts'
import { R19 } from './r19.ts'
import { R20 } from './r20.ts'
import { R21 } from './r21.ts'
import { R23 } from './r23.ts'
import { R24 } from './r24.ts'

export const CHECKS: readonly Check[] = [R8, R9, R10, R11, R12, R13, R14, R15, R17, R19, R20, R21, R23, R24]
