import { expect, it } from 'vitest'
import { demandSound } from './sound-script.ts'

it('refuses a script that exports a name which nothing in it has', () => {
  expect(() => demandSound('part.js', 'const a=1;export{a as b,parts_exports as t}')).toThrow(/part\.js.*parts_exports/)
})

it('takes one that hands on what it imports', () => {
  expect(() => demandSound('part.js', 'import{c}from"./other.js";const a=1;export{a as b,c as d}')).not.toThrow()
})
