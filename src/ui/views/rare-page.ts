/** What can stand in the place of everything else. */
export type RarePageKind = 'startFailed' | 'noSettings' | 'outdated' | 'noMail' | 'notFoundPath' | 'notFoundMailbox'
