/** What each server is known to do otherwise, by the name of the check. Every entry is asserted to be true. */
export const deviations: Readonly<
  Record<'demo' | 'demo-stalwart' | 'demo-cyrus' | 'cyrus' | 'other', Readonly<Record<string, string>>>
> = {
  demo: {},
  'demo-stalwart': {
    'request: an unknown capability is refused with unknownCapability': 'Stalwart calls it notRequest (M19)',
  },
  'demo-cyrus': {
    'request: a reference to a result that is not there is invalidResultReference':
      'Cyrus 3.6 calls the error resultReference',
  },
  cyrus: {
    'request: a reference to a result that is not there is invalidResultReference':
      'Cyrus 3.6 calls the error resultReference',
  },
  other: {},
}
