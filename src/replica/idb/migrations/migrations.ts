/** In order: the version of a database is the number of migrations it has seen. */
import { initial } from './0001-initial.ts'
import { askedAnew } from './0002-asked-anew.ts'
import { keptFiles } from './0003-kept-files.ts'
import { packedRows } from './0004-packed-rows.ts'

/** Runs inside the upgrade transaction: may create stores and rewrite rows, and awaits nothing but its own requests. */
export type Migration = (database: IDBDatabase, transaction: IDBTransaction) => void

export const MIGRATIONS: readonly Migration[] = [initial, askedAnew, keptFiles, packedRows]
