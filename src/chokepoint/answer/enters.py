"""Where a figure enters: the lanes, uses, activities, stores, measures or other figures that take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chokepoint.provenance import Figure
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.world import World

SHOWN = 6

STEPS = {
    "switch_elasticity": "Friction of changing origin: theta = price / switch_elasticity",
    "volume_ratio": "Friction of changing volume: theta_V = theta / volume_ratio, all goods",
    "demand_elasticity": "Use at a delivered price P: z = reference P^-demand_elasticity",
    "choke_price": "Price above which a use stops, and below which its stores are emptied",
    "choke_width": "How far above the choke price the last user stops, all uses",
    "supply_elasticity": "How an activity answers its margin: spread b = value (1 - utilisation) / supply_elasticity",
    "utilisation": "Capacity of an activity: reference level / utilisation",
    "idle_cost": "Extra cost of an activity that is nearly idle in the reference year",
    "stock_cover": "Usual stock of industry: stock_cover times a month's arrivals",
    "state_cover": "Usual stock of the state: state_cover times a month's arrivals",
    "stock_curvature": "How a store is run down as the price P rises: S = target P^-stock_curvature",
    "stock_release": "Part of the choke price above which a store is run down for good",
    "refill_months": "Months over which a store is filled up again, all stores",
    "supplier_adaptation": "How far reference flows follow actual ones in the long run, all lanes",
    "supplier_adaptation_half_life": "Months in which reference flows go half of that way, all lanes",
    "demand_adaptation": "How far reference uses follow actual ones in the long run, all uses",
    "demand_adaptation_half_life": "Months in which reference uses go half of that way, all uses",
    "precaution_months": "Extra stock wanted once a control is announced, in months of usual arrivals",
    "precaution_half_life": "Months in which that extra stock halves",
    "rent_share": "Part of a licence's scarcity rent that the exporter takes, all lanes under control",
    "discount_rate": "Discounts monthly losses to the first month",
    "project_size": "Capacity a project adds to its activity once it is fully built",
    "project_start": "First month of a project, as a year with its fraction",
    "project_chance": "Whether a project is built: 1 with this chance in a draw; the chance itself in the central case",
    "project_ramp": "Months from a project's first output to its full capacity",
    "project_share": "Part of every project that counts; 0 leaves all of them out",
    "lead_time": "Years from a decision to first output; for a deposit, from its discovery",
    "second_front": "What a third country's deposits are taken to be",
    "position": "An assumption about a user's own position, read by the exposure command",
}
"""What a parameter does, by the first word of its name."""

EVERYWHERE = frozenset({
    "volume_ratio", "choke_width", "refill_months", "supplier_adaptation", "demand_adaptation", "rent_share",
    "supplier_adaptation_half_life", "demand_adaptation_half_life", "precaution_months", "precaution_half_life",
    "discount_rate", "project_ramp", "project_share", "lead_time", "second_front", "project_size", "project_start",
    "project_chance",
})  # fmt: skip
OF_USES = frozenset({"demand_elasticity", "choke_price"})
OF_ACTIVITIES = frozenset({"supply_elasticity", "utilisation", "idle_cost"})
OF_STORES = frozenset({"stock_cover", "state_cover", "stock_curvature", "stock_release"})


def some(items: Iterable[str]) -> str:
    """Return a few items and how many more there are."""
    listed = list(items)
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more


def governed(world: World, name: str) -> list[str]:
    """Return what a parameter governs: the entries for which no more specific name answers.

    Args:
        world: the world.
        name: name of a parameter.

    Returns:
        Goods, ``good sector in country``, ``kind in country`` or ``good in country (owner)``, each once.
    """
    head = name.split(".", maxsplit=1)[0]
    codes = [good.code for good in world.goods]
    asked: Iterator[tuple[tuple[str, ...], str]] = iter(())
    if head == "switch_elasticity":
        asked = (((code,), code) for code in codes)
    elif head in OF_USES:
        uses = zip(world.uses.good, world.uses.country, world.uses.sector, strict=True)
        asked = (((codes[g], s), f"{codes[g]} {s} in {world.countries[c]}") for g, c, s in uses)
    elif head in OF_ACTIVITIES:
        asked = _activities(world, head)
    elif head in OF_STORES:
        asked = _stores(world, head, codes)
    return list(dict.fromkeys(words for parts, words in asked if _answers(world, name, head, parts)))


def _answers(world: World, name: str, head: str, parts: tuple[str, ...]) -> bool:
    """Say whether ``head.parts`` is answered by this name; only the forms the engine falls back on count."""
    return name == world.parameter_name(head, *parts)


def _activities(world: World, head: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for kind, country in zip(world.activities.kind, world.activities.country, strict=True):
        is_idle = f"idle_cost.{kind}" in world.parameters
        if head == "utilisation" or is_idle == (head == "idle_cost"):
            place = world.countries[country]
            yield ((kind,) if head == "idle_cost" else (kind, place)), f"{kind} in {place}"


def _stores(world: World, head: str, codes: list[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    stores = world.stores
    for good, country, owner in zip(stores.good, stores.country, stores.owner, strict=True):
        cover = "stock_cover" if owner == "industry" else f"{owner}_cover"
        if head == cover or not head.endswith("_cover"):
            place = world.countries[country]
            yield (codes[good], place), f"{codes[good]} in {place} ({owner})"


def reads(measure: MeasureRecord, name: str) -> bool:
    """Say whether a measure takes one of its terms from a parameter."""
    terms = measure.terms
    return name in {getattr(terms, each) for each in type(terms).__dataclass_fields__}


def enters(world: World, name: str, measures: Iterable[MeasureRecord]) -> list[str]:
    """Return where a figure enters, one sentence each.

    Args:
        world: the world.
        name: name of a figure or parameter.
        measures: acts whose terms may be parameters.
    """
    head, *_ = name.split(".")
    found: list[str] = []
    if name in world.parameters and head in STEPS:
        reach = governed(world, name)
        found.append(f"{STEPS[head]}.")
        if reach:
            found.append(f"Governs {len(reach)}: {some(reach)}.")
        elif head not in EVERYWHERE:
            found.append("Governs nothing here: a more specific name answers everywhere, or this world asks for none.")
    found += [f"Term of the measure {measure.id} ({measure.title})." for measure in measures if reads(measure, name)]
    place = in_arrays(world, name)
    found += [place] if place else []
    derived = [each.name for each in world.figures.values() if name in each.inputs]
    if derived:
        found.append(f"Input of {len(derived)} derived figure{'s' if len(derived) > 1 else ''}: {some(derived)}.")
    return found or ["Enters no equation by itself."]


def in_arrays(world: World, name: str) -> str:
    """Return the sentence for a figure that became an entry of the world's arrays; empty if it did not."""
    head, *keys = name.split(".")
    said = ""
    match head, keys:
        case "flow", [good, exporter, importer]:
            said = _lane(world, good, exporter, importer)
        case "production", [kind, country]:
            said = _level(world, kind, country)
        case "use", [good, country, sector]:
            said = _use(world, good, country, sector)
        case "price", [good]:
            said = f"Reference price of {good}: turns quantities and relative prices into USD."
        case "recipe", [kind, *_]:
            said = f"What one unit of {kind} takes or gives."
        case "security", [party, issue, level]:
            said = f"Added to the payoff of {party} in the talks, per year, while {issue} stands on {level}."
        case "principal_weight", [party]:
            said = f"Multiplies what {party} puts on security when its principal is asked to ratify."
        case "total", _:
            said = "Kept as it is while the balances are closed."
        case _:
            pass
    return said


def _level(world: World, kind: str, country: str) -> str:
    acts = world.activities
    levels = zip(acts.kind, acts.country, acts.level_per_month, strict=True)
    amount = sum(float(level) for k, c, level in levels if (k, world.countries[c]) == (kind, country))
    return f"Level of {kind} in {country}: {amount:.6g} a month once the balances close."


def _use(world: World, good: str, country: str, sector: str) -> str:
    uses = world.uses
    entries = zip(uses.good, uses.country, uses.sector, uses.demand_per_month, strict=True)
    key = (good, country, sector)
    amount = sum(float(d) for g, c, s, d in entries if (world.goods[g].code, world.countries[c], s) == key)
    return f"Use of {good} in {country} ({sector}): {amount:.6g} a month once the balances close."


def _lane(world: World, good: str, exporter: str, importer: str) -> str:
    lanes = world.lanes
    codes = [each.code for each in world.goods]
    if good not in codes or importer not in world.countries:
        return ""
    into = (lanes.good == codes.index(good)) & (lanes.importer == world.country_index(importer))
    mine = into & (lanes.exporter == world.country_index(exporter))
    flow, arrivals = float(lanes.flow_per_month[mine].sum()), float(lanes.flow_per_month[into].sum())
    share = f", {flow / arrivals:.1%} of what arrives there" if arrivals > 0.0 else ""
    return f"Lane of {good} from {exporter} to {importer}: {flow:.6g} a month once the balances close{share}."


def governing(world: World, figures: Iterable[tuple[str, ...]]) -> list[Figure]:
    """Return the parameters that answer ``head, *parts``, each once, in the order asked; unknown ones are left out."""
    names: dict[str, None] = {}
    for parts in figures:
        try:
            names[world.parameter_name(*parts)] = None
        except KeyError:
            continue
    return [world.parameters[name] for name in names]
