/** The part of Web Locks that is used; undefined where a browser has none. Tests bring their own. */
export type Locks = Pick<LockManager, 'request'>
