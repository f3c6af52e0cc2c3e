/** The table of security headers as lines for the two web servers that most deployments have. */
import { cacheControl, commonHeaders, headerPolicy, pagePattern, type PolicyInputs, type PolicyKind } from './policy.ts'

/** `policyKind` as patterns, the first that matches counts. Without lookahead: Go has none. */
const patterns: readonly (readonly [pattern: string, kind: PolicyKind])[] = [
  ['^/in/', 'app'],
  ['^/reader-open\\.html$', 'reader-open'],
  ['^/parse\\.html$', 'parse'],
  ['\\.html$', 'app'],
  ['\\.js$', 'worker'],
  ['\\.[^./]+$', 'other'],
]
/** Only https may send it, which `npm start` is not. */
const always = { ...commonHeaders, 'Strict-Transport-Security': 'max-age=31536000' }

/** For the `handle` block of a Caddyfile that serves `dist/`. */
export function caddySnippet(inputs: PolicyInputs): string {
  return [
    'map {path} {postern_csp} {',
    ...patterns.map(([pattern, kind]) => `\t~${pattern} "${headerPolicy(kind, inputs)}"`),
    `\tdefault "${headerPolicy('app', inputs)}"`,
    '}',
    `@postern_page path_regexp ${pagePattern}`,
    // only what is there: a miss must not be remembered for a year
    '@postern_kept {',
    '\tpath /assets/*',
    '\tfile',
    '}',
    '@postern_asked not {',
    '\tpath /assets/*',
    '\tfile',
    '}',
    `header @postern_kept Cache-Control "${cacheControl('/assets/')}"`,
    `header @postern_asked Cache-Control "${cacheControl('/')}"`,
    'header {',
    ...Object.entries(always).map(([name, value]) => `\t${name} "${value}"`),
    '\tContent-Security-Policy "{postern_csp}"',
    '}',
    '',
  ].join('\n')
}

/** For nginx's `http` block: what differs from path to path. `$request_uri` stays as it came when `try_files` moves on. */
export function nginxMaps(inputs: PolicyInputs): string {
  return [
    'map $request_uri $postern_path { "~^(?<postern_before>[^?]*)" $postern_before; }',
    'map $postern_path $postern_csp {',
    ...patterns.map(([pattern, kind]) => `  "~${pattern}" "${headerPolicy(kind, inputs)}";`),
    `  default "${headerPolicy('app', inputs)}";`,
    '}',
    'map $postern_path $postern_cache {',
    `  "~^/assets/" "${cacheControl('/assets/')}";`,
    `  default "${cacheControl('/')}";`,
    '}',
    '',
  ].join('\n')
}

/** For the `location` block of nginx that serves `dist/`. */
export function nginxHeaders(): string {
  return [
    ...Object.entries(always).map(([name, value]) => `add_header ${name} "${value}" always;`),
    'add_header Content-Security-Policy $postern_csp always;',
    // without "always": a miss must not be remembered for a year
    'add_header Cache-Control $postern_cache;',
    '',
  ].join('\n')
}
