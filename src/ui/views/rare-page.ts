/** What can stand in the place of everything else. */
export type RarePageKind = 'startFailed' | 'outdated' | 'noMail' | 'notFoundPath' | 'notFoundMailbox'
