"""What people write beside their scores: sentences for each requirement, with places left open for detail."""

from igtoolkit.config.demonstration.words.clinical import CLINICAL
from igtoolkit.config.demonstration.words.confidentiality import CONFIDENTIALITY
from igtoolkit.config.demonstration.words.corporate import CORPORATE
from igtoolkit.config.demonstration.words.management import MANAGEMENT
from igtoolkit.config.demonstration.words.saying import Words
from igtoolkit.config.demonstration.words.secondary import SECONDARY
from igtoolkit.config.demonstration.words.security import SECURITY

WORDS: dict[int, Words] = {**MANAGEMENT, **CONFIDENTIALITY, **SECURITY, **CLINICAL, **SECONDARY, **CORPORATE}
