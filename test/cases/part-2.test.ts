import { runCases } from './run.ts'

runCases(1, 2)
