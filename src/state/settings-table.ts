/**
 * Everything that a reader can choose: what there is to choose from, what holds until somebody does, and whose choice it
 * is. `device` holds for whoever sits at it, `account` for one account's mail.
 */
interface Setting {
  readonly scope: 'device' | 'account'
  readonly default: string | number | boolean | null
  readonly choices: readonly (string | number | boolean | null)[]
}

export const settingsTable = {
  theme: { scope: 'device', default: 'system', choices: ['system', 'light', 'dark'] },
  density: { scope: 'device', default: 'regular', choices: ['regular', 'compact'] },
  readingPane: { scope: 'device', default: 'beside', choices: ['beside', 'below', 'none'] },
  letterKeys: { scope: 'device', default: true, choices: [true, false] },
  /** False: lists have a row for each message, and a message opens without the rest of its conversation. */
  conversations: { scope: 'account', default: true, choices: [true, false] },
  /** Seconds in view until a letter counts as read; null: only the reader says so. */
  readDelay: { scope: 'account', default: 1, choices: [0, 1, 3, 10, null] },
  /** What of the account is kept on this device: the last 90 days and everything opened, or all, or only short lists. */
  keepMail: { scope: 'account', default: 'recent', choices: ['recent', 'all', 'none'] },
  /** Files of kept letters, up to so many bytes. */
  keepFiles: { scope: 'account', default: 1_000_000, choices: [0, 1_000_000, 10_000_000] },
  /** What a program of IMAP has marked as deleted is in no list; otherwise it is struck. */
  hideDeleted: { scope: 'account', default: false, choices: [false, true] },
  /** Parameters that only follow the reader are cut off links. */
  cutTracking: { scope: 'account', default: false, choices: [true, false] },
} as const satisfies Readonly<Record<string, Setting>>

type Table = typeof settingsTable
export type SettingName = keyof Table
export type SettingValue<Name extends SettingName> = Table[Name]['choices'][number]
/** An account's setting needs the account's key; a device's takes none. */
export type SettingOwner<Name extends SettingName> = Table[Name]['scope'] extends 'account' ? [accountKey: string] : []
