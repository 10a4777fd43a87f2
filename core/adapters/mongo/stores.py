"""All stores of one database."""

from __future__ import annotations

from dataclasses import dataclass

from core.adapters.cipher import Cipher
from core.adapters.mongo.accounts import MongoAccountStore
from core.adapters.mongo.agenda import MongoAgenda
from core.adapters.mongo.batches import MongoBatchStore
from core.adapters.mongo.client import Database
from core.adapters.mongo.conversations import MongoCardStore, MongoCompositionStore, MongoTalkStore
from core.adapters.mongo.letters import MongoLeaseStore, MongoLetterBox
from core.adapters.mongo.media import MongoMediaMentions
from core.adapters.mongo.notices import MongoNoticeStore
from core.adapters.mongo.people import MongoInvitationStore, MongoPersonStore
from core.adapters.mongo.posts import MongoPostStore
from core.adapters.mongo.publications import MongoPublicationLog
from core.adapters.mongo.series import MongoSeriesStore
from core.adapters.mongo.uploads import MongoUploadStore


@dataclass(frozen=True, slots=True)
class Stores:
    posts: MongoPostStore
    accounts: MongoAccountStore
    series: MongoSeriesStore
    batches: MongoBatchStore
    publications: MongoPublicationLog
    agenda: MongoAgenda
    people: MongoPersonStore
    invitations: MongoInvitationStore
    compositions: MongoCompositionStore
    talks: MongoTalkStore
    cards: MongoCardStore
    letters: MongoLetterBox
    leases: MongoLeaseStore
    notices: MongoNoticeStore
    uploads: MongoUploadStore
    media: MongoMediaMentions


def stores_in(database: Database, cipher: Cipher) -> Stores:
    """The stores; ``cipher`` encrypts the tokens of accounts."""
    return Stores(
        MongoPostStore(database),
        MongoAccountStore(database, cipher),
        MongoSeriesStore(database),
        MongoBatchStore(database),
        MongoPublicationLog(database),
        MongoAgenda(database),
        MongoPersonStore(database),
        MongoInvitationStore(database),
        MongoCompositionStore(database),
        MongoTalkStore(database),
        MongoCardStore(database),
        MongoLetterBox(database),
        MongoLeaseStore(database),
        MongoNoticeStore(database),
        MongoUploadStore(database),
        MongoMediaMentions(database),
    )
