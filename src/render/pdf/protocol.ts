/**
 * What the app and the frame of a PDF say to each other by their port, beside what every frame says (`frame/protocol.ts`:
 * ready, links, keys, what is pointed at, errors).
 */

/** How the pages stand in the frame. */
export interface PdfLooks {
  readonly scheme: 'light' | 'dark'
  /** Behind the pages. */
  readonly ground: string
  readonly line: string
  readonly focus: string
  /** Name of a page, with `{page}` where its number belongs. */
  readonly pageName: string
  /** Of one picture in memory, in pixels. */
  readonly mostPixels: number
}

/** App to frame. */
export type ToPdfFrame =
  | { readonly t: 'open'; readonly bytes: ArrayBuffer; readonly looks: PdfLooks }
  /** 1 is the width of the frame. */
  | { readonly t: 'zoom'; readonly factor: number }

/** Why a file cannot be shown. */
export type PdfProblem = 'password' | 'broken'

/** Frame to app. */
export type FromPdfFrame =
  | { readonly t: 'opened'; readonly pages: number; readonly shown: number }
  /** The first page that was asked for is on screen. */
  | { readonly t: 'drawn' }
  /** Characters of it cannot be drawn. */
  | { readonly t: 'lacking' }
  /** The page that is read now, from 1. */
  | { readonly t: 'at'; readonly page: number }
  | { readonly t: 'unreadable'; readonly problem: PdfProblem }
