import { expect, it } from 'vitest'
import { contentOf } from './content.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

it.each([
  ['\x89PNG\r\n\x1a\n\0\0', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['CDEF\x10\0\0\0WEBPVP8 ', 'other'],
  ['\0\0\0\x1cftypavif', 'image/avif'],
  ['BM\x10\0\0\0\0\0\0\0\x36\0\0\0', 'image/bmp'],
  ['BMW is a maker of cars', 'text'],
  ['%PDF-1.7\n', 'pdf'],
  ['\r\n mail header \r\n%PDF-1.4', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['\x78\x9f\x3e\x22\x01\0', 'tnef'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0', 'ole'],
  ['MZ\x90\0', 'program'],
  ['\x7fELF\x02', 'program'],
  ['#!/bin/sh\nrm -rf ~', 'script'],
  ['L\0\0\0\x01\x14\x02\0', 'shortcut'],
  ['[InternetShortcut]\r\nURL=https://forge.example', 'shortcut'],
  ['<!DOCTYPE html><p>', 'webPage'],
  ['\xef\xbb\xbf \n<!-- x --><HTML>', 'webPage'],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'webPage'],
  ['<script>1</script>', 'webPage'],
  ['<svg onload="x">', 'svg'],
  ['<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><s:svg>', 'svg'],
  ['<a:b xmlns:a="x"><svg/></a:b>', 'svg'],
  ['From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n', 'webPage'],
  ['<?xml version="1.0"?><invoice/>', 'text'],
  ['a;b;c\r\n1;2;3', 'text'],
  ['Gr\xfc\xdfe', 'text'],
  ['\xff\xfeh\0i\0', 'text'],
  ['\0\x01\x02\x03', 'other'],
  ['', 'text'],
])('%j is %s', (given, expected) => {
  expect(contentOf(bytes(given))).toBe(expected)
})

it('is quick with what looks like the start of something for ever', () => {
  const started = performance.now()
  for (const start of ['<!--', '<?', '<!doctype x [', '<!---->', ' ', 'mime-version:', 'a\n'])
    contentOf(bytes(start.repeat(4_096)))
  expect(performance.now() - started).toBeLessThan(1_000)
})
