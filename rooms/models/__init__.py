"""Tables and their constraints, a module per table; room codes; raw queries. Only rooms.services writes rows."""

from rooms.models.chat import ChatMessage
from rooms.models.codes import new_code
from rooms.models.processes import Process
from rooms.models.rooms import Room
from rooms.models.seats import Seat, new_seat_id

__all__ = ["ChatMessage", "Process", "Room", "Seat", "new_code", "new_seat_id"]
