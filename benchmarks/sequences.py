"""Transitions with 1,000 resamples beside tnapy, where somebody has installed it, and betweenness beside networkx."""

from importlib.util import find_spec

SEQUENCES = (
    "import numpy as np, pandas as pd; from valuecreation.stats.transitions import bootstrap_transitions; "
    "rng = np.random.default_rng(7); names = np.array(list('abcdefghi')); "
    "sequences = [names[rng.integers(0, 9, size)] for size in rng.integers(4, 24, 2000)]"
)
BOOTSTRAP = "bootstrap_transitions(sequences, n=1000)"
PEER_SETUP = f"{SEQUENCES}; import tna; wide = pd.DataFrame([list(one) for one in sequences]); model = tna.tna(wide)"
PEER = "tna.bootstrap_tna(model, iter=1000)"
GRAPH = (
    "import networkx as nx, pandas as pd; from valuecreation.stats.betweenness import betweenness; "
    "graph = nx.gnm_random_graph({nodes}, {edges}, seed=1); edges = pd.DataFrame(graph.edges, columns=['source', 'target'])"
)
BETWEENNESS = "betweenness(edges, graph)"
NETWORKX = "nx.betweenness_centrality(graph)"


def has_tnapy() -> bool:
    """Return whether tnapy can be measured here; the unrelated package that is called tna cannot."""
    return find_spec("tna") is not None and find_spec("tna.bootstrap") is not None
