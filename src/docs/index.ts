export { changeDiagram } from './change-diagram.ts'
export { writeDocs } from './write.ts'
