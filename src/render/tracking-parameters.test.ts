import { describe, expect, it } from 'vitest'
import { withoutTracking } from './tracking-parameters.ts'

describe('withoutTracking', () => {
  it.each([
    ['https://x.test/?utm_source=a&id=7&fbclid=b#top', 'https://x.test/?id=7#top'],
    ['https://x.test/?mc_eid=a', 'https://x.test/'],
    ['https://x.test/a?UTM_Campaign=1&b=%20c+d', 'https://x.test/a?b=%20c+d'],
    ['https://x.test/?%75tm_source=a&q', 'https://x.test/?q'],
    ['https://x.test/?gclid&x=1', 'https://x.test/?x=1'],
  ])('cuts %s', (href, cut) => {
    expect(withoutTracking(href)).toBe(cut)
  })

  it.each([
    'https://x.test/?id=7&next=a%3Futm_source%3Db',
    'https://x.test/utm_source=a',
    'https://x.test/#utm_source=a',
    'https://x.test/?token=%zz',
    'https://x.test/?',
    'mailto:a@x.test?utm_source=a',
  ])('leaves %s as it stands', (href) => {
    expect(withoutTracking(href)).toBe(href)
  })
})
