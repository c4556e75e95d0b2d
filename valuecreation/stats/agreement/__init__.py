"""Agreement between coders, for anybody's data: units x coders in, coefficients with intervals out.

Look at the disagreements before the coefficient. A coefficient that does not exist for the ratings is explained in words.
"""

from valuecreation.errors import UndefinedCoefficient
from valuecreation.stats.agreement.alpha import krippendorff_alpha, set_alpha
from valuecreation.stats.agreement.bootstrap import Resampled, bootstrap, bootstrap_sets
from valuecreation.stats.agreement.coefficients import coefficients
from valuecreation.stats.agreement.unitizing import (
    unitizing_alpha,
    unitizing_alpha_binary,
    unitizing_alpha_by_value,
    unitizing_alpha_coded,
)

__all__ = [
    "Resampled",
    "UndefinedCoefficient",
    "bootstrap",
    "bootstrap_sets",
    "coefficients",
    "krippendorff_alpha",
    "set_alpha",
    "unitizing_alpha",
    "unitizing_alpha_binary",
    "unitizing_alpha_by_value",
    "unitizing_alpha_coded",
]
