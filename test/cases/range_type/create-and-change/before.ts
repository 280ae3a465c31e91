import { namespace, rangeType, real } from 'pgintent'

const app = namespace('app')
rangeType(app, 'float_range', { subtype: real() })
