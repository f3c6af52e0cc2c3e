/**
 * The catalogue of the first route. A language is an object of this shape: strings, and functions where a number or a
 * name goes in. The words of other parts travel with their chunks: the conversation's in `en/thread.ts`, what stands around
 * the rows in `en/resting.ts`, `en/sync.ts` and more, what is shown on demand in `en/later.ts`.
 */
import { app } from './en/app.ts'
import { list } from './en/list.ts'
import { mailbox } from './en/mailbox.ts'
import { signIn } from './en/sign-in.ts'

export const t = { app, list, mailbox, signIn }
