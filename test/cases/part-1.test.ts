import { runCases } from './run.ts'

runCases(0, 2)
