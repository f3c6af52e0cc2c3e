import { describe, expect, it } from 'vitest'
import { prepareLetter } from './prepare-letter.ts'
import { createParser } from './sanitiser.ts'
import { trackerPatterns } from './tracker-patterns.ts'
import { isTrackerAddress, visiblePictures } from './trackers.ts'

const parser = createParser(window)

/** Paths of the pictures that may be loaded. */
function seen(html: string): string[] {
  const tree = prepareLetter({ html: `<!doctype html>${html}` }, parser)
  return [...visiblePictures(tree).values()].map((address) => new URL(address).pathname.slice(1))
}

const img = (name: string, rest = ''): string => `<img src="https://shop.example/${name}" ${rest}>`

describe('pictures that only report', () => {
  it('are those of a pixel, by attribute or by style', () => {
    const html =
      img('a', 'width="1" height="1"') +
      img('b', 'width=0 height=0') +
      img('c', 'style="width:1px;height:1px"') +
      img('d', 'style="max-width:1px;max-height:1px"') +
      img('e', 'height="1"') +
      img('f', 'width="600" height="1" style="width:.5px"') +
      img('spacer', 'width="1" height="20"') +
      img('photo', 'width="600" height="400"') +
      img('unsized')
    expect(seen(html)).toEqual(['spacer', 'photo', 'unsized'])
  })

  it('are those that nobody sees, for themselves or for what they stand in', () => {
    const html =
      img('a', 'style="display:none"') +
      img('b', 'style="visibility:hidden"') +
      img('c', 'style="opacity:0"') +
      `<div style="display:none"><p>${img('d')}</p></div>` +
      `<div style="max-height:0;overflow:hidden">${img('e')}</div>` +
      `<div style="height:0">${img('open')}</div>`
    expect(seen(html)).toEqual(['open'])
  })

  it('are those that a sheet hides, unless it shows them at another width', () => {
    const sheet =
      '<style>.gone,#px{display:none} img.one{width:1px;height:1px} .phone{display:none} .a .deep{display:none}' +
      '@media (max-width:600px){.phone{display:block} .wide{display:none}}</style>'
    const html =
      img('a', 'class="big gone"') +
      img('b', 'id=px') +
      img('c', 'class=one') +
      img('phone', 'class=phone') +
      img('wide', 'class=wide') +
      img('deep', 'class=deep')
    expect(seen(sheet + html)).toEqual(['phone', 'wide', 'deep'])
  })

  it('are not those that are seen elsewhere in the letter', () => {
    expect(seen(img('logo', 'width=1 height=1') + img('logo', 'width=100'))).toEqual(['logo'])
  })

  it('are those of a known address, whatever their size', () => {
    const html =
      '<img src="https://acme.us1.list-manage.com/track/open.php?u=1&id=2" width="600" height="200">' +
      '<img src="https://mcusercontent.com/logo.png" width="600">'
    expect(seen(html)).toEqual(['logo.png'])
  })
})

describe('addresses of trackers', () => {
  it.each([
    'https://acme.us1.list-manage.com/track/open.php?u=1&id=2&e=3',
    'https://u1.ct.sendgrid.net/wf/open?upn=abc',
    'https://links.shop.example/ss/o/u001.abc/xyz/h0.gif',
    'https://email.mg.shop.example/o/eJwVyE0OgyAQ',
    'https://track.shop.example/q/11_abcDEF~~/AAAA/RgR',
    'https://trk.klclick3.com/o/abc',
    'https://click.mail.shop.example/open.aspx?ffcb10-fec0157276640d7a-fe5f',
    'https://t.sidekickopen90.com/s3t/o/5/f18dQ',
    'https://acme.activehosted.com/lt.php?nl=1&c=2&m=3&s=4&l=open',
    'https://r.sendibt3.com/tr/op/abc',
    'https://c.shop.example/mk/op/sh/abc',
    'https://acme.cmail19.com/t/j-o-abc-y/o.gif',
    'https://abc.r.eu-west-1.awstrack.me/I0/0102',
    'https://pixel.emltrk.com/abc',
    'https://mailtrack.io/trace/mail/abc.png',
    'https://open.mkt5049.com/open/log/1/2',
    'https://www.google-analytics.com/collect?v=1&t=event',
    'https://shop.example/?mailpoet_router&endpoint=track&action=open&data=x',
  ])('knows %s', (address) => {
    expect(isTrackerAddress(address)).toBe(true)
  })

  it.each([
    'https://shop.example/',
    'https://shop.example/o/logo.png',
    'https://mcusercontent.com/abc/images/logo.png',
    'https://gallery.mailchimp.com/abc/images/1.jpg',
    'https://evil-list-manage.com/track/open.php',
    'https://list-manage.com.evil.example/track/open.php',
    'https://i.emltrk.com.example/x.png',
    'https://shop.example/open.html',
    'https://www.facebook.com/images/email/logo.png',
    'https://cdn.shop.example/email/header.gif',
  ])('leaves %s', (address) => {
    expect(isTrackerAddress(address)).toBe(false)
  })

  it('are a list of some length, each line once and told by its host or its path', () => {
    expect(trackerPatterns.length).toBeGreaterThanOrEqual(50)
    expect(new Set(trackerPatterns).size).toBe(trackerPatterns.length)
    for (const pattern of trackerPatterns) expect(pattern).toMatch(/^(?:[a-z0-9#.-]+\.[a-z]+(?:\/\S*)?|\*\/\S{3,})$/)
  })
})
