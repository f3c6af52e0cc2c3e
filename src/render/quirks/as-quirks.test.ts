import { describe, expect, it } from 'vitest'
import { prepareLetter } from '../prepare-letter.ts'
import { createParser } from '../sanitiser.ts'
import type { LetterOpen, LetterTree } from '../letter.ts'

const parser = createParser(window)
const transitional =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

const made = (html: string): LetterTree => prepareLetter({ html }, parser)

/** `tag:line-height` of every element that has one, in order. */
function heights({ ops, styles }: LetterTree): string[] {
  const elements = ops.filter((op): op is LetterOpen => typeof op === 'object')
  return elements.flatMap(([tag, , style]) => {
    const declarations = styles[style] ?? []
    const at = declarations.indexOf('line-height')
    return at < 0 ? [] : [`${tag}:${String(declarations[at + 1])}`]
  })
}

const designed = (cell: string): string => `<table width="600" bgcolor="#eeeeee"><tr>${cell}</tr></table>`

describe('asQuirks', () => {
  it('makes a line as tall as its own type, where the cell has no words itself', () => {
    expect(heights(made(designed('<td><font size="1">small<br>print</font></td>')))).toEqual(['td:0', 'font:normal'])
    expect(heights(made(designed('<td>words <font size="1">small</font></td>')))).toEqual([])
  })

  it('goes down to the words', () => {
    expect(heights(made(designed('<td><font><b>x</b></font></td>')))).toEqual(['td:0', 'font:0', 'b:normal'])
  })

  it('leaves no gap under a picture that is alone in its cell', () => {
    expect(heights(made(transitional + designed('<td><img width="10" height="1" alt=""></td>')))).toEqual(['td:0'])
  })

  it('lets a table in such a cell be as it was', () => {
    const inner = '<table><tr><td>y</td></tr></table>'
    expect(heights(made(transitional + designed(`<td><b>x</b>${inner}</td>`)))).toEqual([
      'td:0',
      'b:normal',
      'table:normal',
    ])
    expect(heights(made(designed('<td><b>x</b>&nbsp;</td>')))).toEqual([])
  })

  it('keeps an empty line, and the end of a full one has no height of its own', () => {
    expect(heights(made(designed('<td><br><font>x</font><br><font>y</font></td>')))).toEqual([
      'td:0',
      'span:normal',
      'font:normal',
      'font:normal',
    ])
  })

  it('says nothing where the letter says how tall lines are', () => {
    expect(heights(made(designed('<td style="line-height:20px"><font>x</font></td>')))).toEqual(['td:20px'])
    expect(heights(made(`<style>td{line-height:20px}</style>${designed('<td><font>x</font></td>')}`))).toEqual([])
    expect(
      heights(made(`<style>.ExternalClass td{line-height:100%}</style>${designed('<td><font>x</font></td>')}`)),
    ).toEqual(['td:0', 'font:normal'])
  })

  it('begins again in a table, but not with a transitional doctype', () => {
    const nested = `<div style="line-height:20px">${designed('<td><font>x</font></td>')}</div>`
    expect(heights(made(nested))).toEqual(['div:20px', 'td:0', 'font:normal'])
    expect(heights(made(transitional + nested))).toEqual(['div:20px'])
  })

  it('puts the rules of quirks mode before those of the letter', () => {
    const { sheets } = made(`<style>p{margin:5px}</style>${designed('<td><p>x</p></td>')}`)
    expect(sheets.at(-1)?.[0]).toBe('p')
    expect(sheets.length).toBeGreaterThan(1)
    expect(made(transitional + designed('<td>x</td>')).sheets).toEqual([])
  })

  it('leaves letters alone that know nothing of quirks, or have no looks of their own', () => {
    for (const html of [`<!doctype html>${designed('<td><font>x</font></td>')}`, '<div><font>x</font></div>']) {
      const tree = made(html)
      expect([heights(tree), tree.sheets]).toEqual([[], []])
    }
  })
})
