/** What is said of refused requests and sign-ins, loaded beforehand: a clock that is set by hand does not wait for code. */
import '../../src/auth/sign-in-problem.ts'
import '../../src/jmap/refused-request.ts'
