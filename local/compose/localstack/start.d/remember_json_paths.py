"""Run by LocalStack when it starts, inside its own process: https://docs.localstack.cloud/references/init-hooks/.

Its Step Functions makes a parser anew for every JSONPath that a state reads, about 10 ms of work each time on one lock that
all requests share: most of what LocalStack 4.14 did while runs went on. A path says the same each time: it is parsed once.
"""

from functools import lru_cache

import jsonpath_ng.ext

jsonpath_ng.ext.parse = lru_cache(maxsize=1_024)(jsonpath_ng.ext.parse)
