/**
 * The one policy of the app. HTML: it answers one of the constant frame documents, whatever it is asked. Script URLs: the two
 * that the build made. There is no default policy, so every other sink stays closed (frame.md §12).
 */

interface Rules {
  createHTML(input: string): string
  createScriptURL(input: string): string
}

/** As much of Trusted Types as we use. The policy's answers are objects that the sinks take where a string is typed. */
type TrustedTypesWindow = Window & {
  readonly trustedTypes?: { createPolicy(name: string, rules: Rules): Rules }
}

export interface TrustedSources {
  /** For `new Worker`: throws for any URL that was not given when the policy was made. */
  readonly scriptUrl: (url: string) => string
  readonly frameDocument: LoadDocument
}

/** The constant document of one kind of frame. */
type LoadDocument = (kind?: 'pdf') => Promise<string>

export function createTrustedSources(
  window: TrustedTypesWindow,
  scriptUrls: readonly string[],
  loadFrameDocument: LoadDocument,
): TrustedSources {
  // Set and blessed in one turn: what stands here is always one of the build's own.
  let frameDocument = ''
  const rules: Rules = {
    createHTML: () => frameDocument,
    createScriptURL: (url) => {
      if (!scriptUrls.includes(url)) throw new TypeError('not a script of this build')
      return url
    },
  }
  // Browsers without Trusted Types get the same checks from the same rules.
  const policy = window.trustedTypes?.createPolicy('postern', rules) ?? rules
  return {
    scriptUrl: (url) => policy.createScriptURL(url),
    frameDocument: async (kind) => {
      frameDocument = await loadFrameDocument(kind)
      return policy.createHTML('')
    },
  }
}
