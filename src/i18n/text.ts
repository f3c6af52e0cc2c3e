/**
 * The catalogue of the first route. A language is an object of this shape: strings, and functions where a number or a
 * name goes in. The conversation's words live in `en/thread.ts` and travel with its own chunk, what is shown on demand in
 * `en/later.ts`.
 */
import { account } from './en/account.ts'
import { app } from './en/app.ts'
import { list } from './en/list.ts'
import { mailbox } from './en/mailbox.ts'
import { signIn } from './en/sign-in.ts'
import { sync } from './en/sync.ts'

export const t = { app, account, list, mailbox, signIn, sync }
