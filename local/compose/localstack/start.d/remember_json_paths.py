"""Run by LocalStack when it starts, inside its own process: https://docs.localstack.cloud/references/init-hooks/.

Its Step Functions makes a parser anew for every JSONPath of every state, about 10 ms of work each time on one lock that all
requests share: most of what LocalStack 4.14 did while runs went on. A path says the same each time, so it is parsed once. (`ResultPath`
alone is read by another parser of that library, at errors only.)
"""

from functools import lru_cache

import jsonpath_ng.ext

jsonpath_ng.ext.parse = lru_cache(maxsize=1_024)(jsonpath_ng.ext.parse)
