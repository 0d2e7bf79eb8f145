"""Write a realistic order-to-cash event log and its BPMN model.

    python order_to_cash.py [folder] [--cases 20000]

A wholesaler takes orders for one year; each is followed to its end. The tables below are the
process: `ROUTES` says what follows what, how often and how soon, `STEPS` says who does it and when
they work. `walk` takes one order through them. The same arguments always give the same bytes.
"""

import argparse
import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from math import exp
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

YEAR = 2025

# From | to | how often, in % | median wait | spread of the wait (sigma of a lognormal)
ROUTES = """
Receive order          | Check credit           | 100 | 2 min  | 1.0
Check credit           | Confirm order          |  93 | 3 h    | 1.0
Check credit           | Approve order          |   6 | 7 h    | 1.0
Check credit           | Reject order           |   1 | 9 h    | 0.8
Approve order          | Confirm order          |  90 | 2 h    | 0.9
Approve order          | Reject order           |  10 | 3 h    | 0.9
Reject order           | END                    | 100 |        |
Confirm order          | Pick goods             |  91 | 18 h   | 0.9
Confirm order          | Change order           |   7 | 14 h   | 1.0
Confirm order          | Cancel order           |   2 | 20 h   | 1.0
Change order           | Check credit           | 100 | 2 min  | 1.0
Cancel order           | END                    | 100 |        |
Pick goods             | Pack goods             |  93 | 90 min | 0.7
Pick goods             | Put on backorder       |   7 | 1 h    | 0.7
Put on backorder       | Pick goods             |  90 | 6 d    | 0.7
Put on backorder       | Cancel order           |  10 | 5 d    | 0.6
Pack goods             | Ship goods             | 100 | 3 h    | 0.6
Ship goods             | Confirm delivery       | 100 | 36 h   | 0.5
Confirm delivery       | Send invoice           |  92 | 1 h    | 0.5
Confirm delivery       | Pick goods             |   8 | 3 d    | 0.7
Send invoice           | Receive payment        |  74 | 23 d   | 0.4
Send invoice           | Send payment reminder  |  18 | 33 d   | 0.05
Send invoice           | Receive return         |   4 | 6 d    | 0.6
Send invoice           | Correct invoice        |   4 | 5 d    | 0.7
Correct invoice        | Receive payment        |  82 | 19 d   | 0.5
Correct invoice        | Send payment reminder  |  13 | 33 d   | 0.05
Correct invoice        | Receive return         |   2 | 4 d    | 0.6
Correct invoice        | Correct invoice        |   3 | 3 d    | 0.7
Send payment reminder  | Receive payment        |  70 | 6 d    | 0.6
Send payment reminder  | Send payment reminder  |  25 | 14 d   | 0.03
Send payment reminder  | Correct invoice        |   3 | 3 d    | 0.6
Send payment reminder  | Receive return         |   1 | 4 d    | 0.6
Send payment reminder  | Hand over to collector |   1 | 16 d   | 0.1
Receive return         | Issue credit note      | 100 | 3 d    | 0.6
Issue credit note      | Receive payment        |  60 | 15 d   | 0.5
Issue credit note      | Send payment reminder  |   5 | 30 d   | 0.05
Issue credit note      | END                    |  35 |        |
Hand over to collector | Receive payment        |  75 | 30 d   | 0.5
Hand over to collector | Write off              |  25 | 75 d   | 0.3
Write off              | END                    | 100 |        |
Receive payment        | END                    | 100 |        |
"""

# Activity | who does it | when they work | at most so many times per order
STEPS = """
Receive order          | Sales           | any time   | 1
Check credit           | Credit engine   | any time   | 9
Approve order          | Finance         | office     | 9
Reject order           | Sales           | office     | 1
Confirm order          | Sales           | office     | 9
Change order           | Sales           | office     | 3
Cancel order           | Sales           | office     | 1
Pick goods             | Pickers         | warehouse  | 9
Put on backorder       | Pickers         | warehouse  | 3
Pack goods             | Packers         | warehouse  | 9
Ship goods             | Dispatch        | lorries    | 9
Confirm delivery       | Carrier message | deliveries | 9
Send invoice           | Batch job       | night run  | 1
Correct invoice        | Accounts        | office     | 2
Send payment reminder  | Batch job       | night run  | 3
Receive return         | Pickers         | warehouse  | 1
Issue credit note      | Accounts        | office     | 1
Hand over to collector | Finance         | office     | 1
Write off              | Finance         | office     | 1
Receive payment        | Bank import     | bank run   | 1
"""

# The first of a team does the most. A name in STEPS that is not a team is a machine.
TEAMS = {
    "Sales": "Anna Berg,Tom Whitfield,Zoë Janssen,Luc Moreau,Ines Vogel,Søren Dahl,Mia Kern",
    "Finance": "Ruth Adler,Paul de Wit,Jürgen Haas",
    "Accounts": "Clara Nyman,Omar Saidi,Eva Lindt,Piet Smit",
    "Pickers": "Jan Kok,Marta Nowak,Ali Demir,Lena Roth,Hugo Blanc,Noor Bakker,Sam Hill",
    "Packers": "Rosa Lima,Karl Ek,Dina Fuchs,Bram Vos,Nils Holm",
    "Dispatch": "Otto Kranz,Femke Mulder,Yann Perrin",
}

# Days of the week (Monday is 0) and hours of the day.
HOURS = {
    "any time": (range(7), [(0.0, 24.0)]),
    "office": (range(5), [(8.0, 12.25), (13.0, 17.5)]),
    "warehouse": (range(6), [(6.0, 13.5), (14.0, 21.0)]),
    "lorries": (range(5), [(9.5, 18.0)]),
    "deliveries": (range(6), [(7.5, 18.5)]),
    "night run": (range(7), [(22.0, 22.6)]),
    "bank run": (range(5), [(5.5, 5.8)]),
}
HOLIDAYS = {(1, 1), (5, 1), (12, 25), (12, 26)}

# How many orders come in which month, on which day of the week and, in the web shop, at which hour.
MONTHS = [80, 85, 100, 95, 95, 90, 75, 65, 105, 115, 135, 110]
WEEKDAYS = [115, 110, 105, 100, 90, 25, 20]
WEB_HOURS = [4, 2, 1, 1, 1, 3, 8, 20, 45, 60, 65, 60, 45, 50, 58, 55, 45, 32, 25, 25, 28, 25, 15, 8]

# Segment: customers in %, median amount of an order, orders by web shop in %.
SEGMENTS = {"Small": (62, 600, 80), "Medium": (30, 2400, 60), "Key account": (8, 9500, 25)}
# Region: customers in %, how their names end.
REGIONS = {
    "DACH": (34, " GmbH"),
    "Benelux": (26, " BV"),
    "France": (16, " SARL"),
    "Nordics": (14, " AB"),
    "UK": (10, ", Ltd."),
}
# Product group: orders in %, how many times the usual amount.
PRODUCTS = {
    "Tools": (34, 1.0),
    "Spare parts": (28, 0.5),
    "Safety wear": (22, 0.7),
    "Machines": (16, 4.0),
}
# The names of the customers: each of the first with each of the second.
NAMES = (
    "Alder,Ahorn,Birk,Brücke,Clermont,Delta,Eiken,Falk,Fjord,Granit,Hafen,Harbour,Iris,Jura,Kiel,"
    "Lumen,Linde,Marlow,Noord,Orion,Pallas,Quint,Rhône,Sable,Tamar,Ulme,Velden,Weser,Yarrow,Zenith,"
    "Aster,Beacon,Cedar,Dune,Ember,Forge,Grove,Heron,Ivory,Juniper,Keel,Lark,Mosel,Nova,Ostra",
    "Bau,Building,Electro,Energy,Facility,Farms,Foods,Garden,Homes,Hydro,Industries,Logistics,"
    "Marine,Metal,Motors,Paper,Print,Services,Technik,Works",
)


@dataclass
class Route:
    to: str
    percent: float
    wait: timedelta
    spread: float


@dataclass
class Step:
    team: str
    hours: str
    at_most: int


@dataclass
class Customer:
    name: str
    segment: str
    region: str
    new: bool


@dataclass
class Order:
    received: datetime
    web: bool
    customer: Customer
    product: str
    amount: float
    id: str = ""
    new_customer: bool = False
    done: Counter[str] = field(default_factory=Counter)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def in_shortage(self) -> bool:
        return self.product == "Spare parts" and self.received.month in (3, 4)


class Event(NamedTuple):
    """A row of the log; the names are its header."""

    CaseId: str
    Activity: str
    StartTime: str
    Resource: str
    Amount: str
    Customer: str
    Segment: str
    Region: str
    ProductGroup: str


# What makes a route more or less likely, and what makes a step come later: as often, or as long,
# times this. These are the causes that an analysis of the log can find.
ODDS: dict[tuple[str, str], Callable[[Order], float]] = {
    ("Check credit", "Approve order"): lambda o: 14 if o.amount > 15e3 or o.new_customer else 0.6,
    ("Check credit", "Reject order"): lambda o: 4 if o.new_customer else 1,
    ("Confirm order", "Change order"): lambda o: 2 if o.product == "Machines" else 0.8,
    ("Pick goods", "Put on backorder"): lambda o: 6 if o.in_shortage else 0.8,
    ("Put on backorder", "Cancel order"): lambda o: 0 if o.done["Ship goods"] else 1,
    ("Confirm delivery", "Pick goods"): lambda o: 2.5 if o.amount > 8e3 else 0.7,
    ("Send invoice", "Receive return"): lambda o: 2 if o.product == "Safety wear" else 0.7,
    ("Send invoice", "Send payment reminder"): lambda o: 2 if o.customer.region == "France" else 0.9,
    ("Send payment reminder", "Hand over to collector"): lambda o: 40 if o.done["Send payment reminder"] == 3 else 0,
}
DELAYS: dict[str, Callable[[Order], float]] = {
    "Approve order": lambda o: 3 if o.received.month in (7, 8) else 1,
    "Receive payment": lambda o: 1.4 if o.customer.segment == "Key account" else 1,
    "Confirm delivery": lambda o: 1.6 if o.customer.region in ("Nordics", "UK") else 1,
}


def usual(_: Order) -> float:
    return 1


def cells(table: str) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def read_routes() -> dict[str, list[Route]]:
    units = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
    routes: dict[str, list[Route]] = {}
    for activity, to, percent, wait, spread in cells(ROUTES):
        number, unit = wait.split() if wait else ("0", "min")
        route = Route(to, float(percent), float(number) * units[unit], float(spread or 0))
        routes.setdefault(activity, []).append(route)
    return routes


NEXT = read_routes()
STEP = {name: Step(team, hours, int(most)) for name, team, hours, most in cells(STEPS)}


def one_of(rng: Random, table: Mapping[str, Sequence[Any]]) -> str:
    """A key of a table whose first column is its share."""
    return rng.choices(list(table), [row[0] for row in table.values()])[0]


def next_open(rng: Random, time: datetime, hours: str) -> datetime:
    """`time` if it is within these hours, else some moment when they are next."""
    weekdays, spans = HOURS[hours]
    day = time.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        holiday = (day.month, day.day) in HOLIDAYS and hours != "any time"
        if day.weekday() in weekdays and not holiday:
            for opens, closes in spans:
                if time < day + timedelta(hours=opens):
                    return day + timedelta(hours=rng.uniform(opens, closes))
                if time < day + timedelta(hours=closes):
                    return time
        day += timedelta(days=1)


def make_customers(rng: Random) -> list[Customer]:
    """The best customers come first; those at the end are new in this year."""
    names = [f"{first} {second}" for first, second in product(*(part.split(",") for part in NAMES))]
    rng.shuffle(names)
    customers = []
    for place, name in enumerate(names):
        segment, region = one_of(rng, SEGMENTS), one_of(rng, REGIONS)
        new = place > 0.4 * len(names)
        customers.append(Customer(name + REGIONS[region][1], segment, region, new))
    return customers


def make_orders(rng: Random, count: int) -> list[Order]:
    days = [datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    orders_by_day = [MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in days]
    customers = make_customers(rng)
    orders_by_customer = [1 / (place + 20) for place in range(len(customers))]
    orders = []
    for day, customer in zip(
        rng.choices(days, orders_by_day, k=count),
        rng.choices(customers, orders_by_customer, k=count),
        strict=True,
    ):
        _, median, web_percent = SEGMENTS[customer.segment]
        web = rng.uniform(0, 100) < web_percent
        if web:
            hour = rng.choices(range(24), WEB_HOURS)[0]
            received = day + timedelta(hours=hour, seconds=rng.uniform(0, 3600))
        else:
            received = next_open(rng, day, "office")
        group = one_of(rng, PRODUCTS)
        amount = median * PRODUCTS[group][1] * rng.lognormvariate(0, 0.8)
        orders.append(Order(received, web, customer, group, amount))
    orders.sort(key=lambda order: order.received)
    for number, order in enumerate(orders, start=1):
        order.id = f"SO-{YEAR}-{number:05}"
        # Only the first order of a new customer counts as new.
        order.new_customer, order.customer.new = order.customer.new, False
    return orders


def who(rng: Random, order: Order, activity: str) -> str:
    """A machine, or the person of the team who handles this order."""
    team = STEP[activity].team
    if activity == "Receive order" and order.web:
        return "Web shop"
    if team not in TEAMS:
        return team
    if team not in order.people:
        people = TEAMS[team].split(",")
        order.people[team] = rng.choices(people, [1 / (n + 2) for n in range(len(people))])[0]
    return order.people[team]


def choose(rng: Random, order: Order, activity: str) -> Route:
    """One of the routes that are still allowed."""
    weights = []
    for route in NEXT[activity]:
        allowed = route.to == "END" or order.done[route.to] < STEP[route.to].at_most
        odds = ODDS.get((activity, route.to), usual)(order)
        weights.append(route.percent * odds * allowed)
    return rng.choices(NEXT[activity], weights)[0]


def walk(rng: Random, order: Order) -> Iterator[Event]:
    """The events of one order."""
    activity, time = "Receive order", order.received
    while activity != "END":
        order.done[activity] += 1
        if activity == "Change order":
            order.amount *= rng.uniform(0.6, 1.5)
        yield Event(
            order.id,
            activity,
            f"{time:%Y-%m-%dT%H:%M:%SZ}",
            who(rng, order, activity),
            f"{order.amount:.2f}",
            order.customer.name,
            order.customer.segment,
            order.customer.region,
            order.product,
        )
        route = choose(rng, order, activity)
        if route.to != "END":
            luck = min(max(rng.gauss(0, 1), -2.5), 2.5)
            delay = DELAYS.get(route.to, usual)(order)
            time += route.wait * delay * exp(route.spread * luck)
            time = next_open(rng, time, STEP[route.to].hours)
        activity = route.to


def main() -> None:
    parser = argparse.ArgumentParser(description="Write an order-to-cash event log and its model.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("demo-data"))
    parser.add_argument("--cases", type=int, default=20_000, help="number of orders")
    options = parser.parse_args()

    rng = Random(YEAR)
    events = [event for order in make_orders(rng, options.cases) for event in walk(rng, order)]
    events.sort(key=lambda event: event.StartTime)

    options.folder.mkdir(parents=True, exist_ok=True)
    log = options.folder / "order-to-cash.csv"
    with log.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Event._fields)
        writer.writerows(events)
    model = options.folder / "order-to-cash.bpmn"
    shutil.copyfile(Path(__file__).with_name("order-to-cash.bpmn"), model)
    print(f"{log}: {len(events):,} events of {options.cases:,} orders")
    print(f"{model}: their process")


if __name__ == "__main__":
    main()
