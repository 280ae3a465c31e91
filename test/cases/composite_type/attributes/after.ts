import { char, compositeType, namespace, text } from 'pgintent'

const app = namespace('app')
compositeType(app, 'address', { street: text().collate('C'), zip: text(), country: char(2) }, { comments: { country: 'ISO 3166' } })
