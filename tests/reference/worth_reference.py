"""What the models of purchases and spend say of a customer, slowly, from the densities of docs/methods/value.md: every
integral by a rule of its own over many nodes, and no form that is solved for speed."""

import math

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)
FEW, MORE = np.polynomial.legendre.leggauss(48), np.polynomial.legendre.leggauss(100)


def left_by(x, begin, end, r, alpha, s, beta):
    """Of a Pareto/NBD: ways to have left from begin on to end, against those to be there at begin with x purchases."""
    least = min(alpha, beta)
    width = np.log((least + end) / (least + begin))
    v = 0.5 * width[:, None] * (NODES + 1)
    u = (least + begin)[:, None] * np.exp(v) - least
    ratio = (r + x)[:, None] * np.log((alpha + begin)[:, None] / (alpha + u)) + s * np.log((beta + begin)[:, None] / (beta + u))
    return 0.5 * width * (np.exp(ratio) * s / (beta + u) * (least + u) * WEIGHTS).sum(axis=1)


def ways(kind, p, x, t_x, t):
    """(still there at t, left since t_x), both against those to be there at t_x."""
    r, alpha = p[:2]
    bought = (r + x) * np.log((alpha + t_x) / (alpha + t))
    if kind == "nbd":
        return np.exp(bought), 0 * x
    if kind == "bg-nbd":
        return np.exp(bought), np.where(x > 0, p[2] / (p[3] + np.maximum(x, 1) - 1), 0)
    if kind == "mbg-nbd":
        return np.exp(bought), p[2] / (p[3] + x)
    s, beta = p[2:]
    return np.exp(bought + s * np.log((beta + t_x) / (beta + t))), left_by(x, t_x, t, r, alpha, s, beta)


def beta_mean(a, b, f):
    """Of f(p) over Beta(a, b), by the trapezoid rule over ln(p / (1 - p)), in steps that the narrowest asks for. Before the
    first of them, where p is 0 to all digits, the weights fall as a geometric series, however small a is."""
    step, end = (0.25, 60) if b.max(initial=0) < 20 else (0.1, 10)
    logits = np.arange(-80, end, step)
    p = 1 / (1 + np.exp(-logits))
    log_weight = a * np.log(p) + np.multiply.outer(b, -logits - np.log1p(np.exp(-logits)))
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    weight[:, 0] /= -np.expm1(-a * step)
    return (weight * f(p)).sum(axis=1) / weight.sum(axis=1)


def rate_then(kind, p, x, t, u):
    """Purchases a day, u days from now, of one who is there now."""
    r, alpha = p[:2]
    k, a = r + x, alpha + t
    if kind == "nbd":
        return k / a
    if kind == "pareto-nbd":
        return k / a * (1 + u / (p[3] + t)) ** -p[2]
    return beta_mean(p[2], p[3] + x + (kind == "mbg-nbd"), lambda q: (k / a)[:, None] * (1 + np.multiply.outer(u / a, q)) ** -(k + 1)[:, None])


def expect(kind, p, x, t, horizon, rate):
    """Purchases up to the horizon, each discounted at a continuous rate, of one who is there now: when he bought last does
    not matter."""
    (x, t), of = np.unique(np.stack([x, t]), axis=1, return_inverse=True)
    total, often = np.zeros(len(x)), x > 10
    for who, (nodes, weights) in ((often, MORE), (~often, FEW)):
        a = p[1] + t[who]
        width = np.log1p(horizon / a)
        for node, weight in zip(nodes, weights):
            u = a * np.expm1(0.5 * width * (node + 1))
            total[who] += 0.5 * width * weight * (a + u) * np.exp(-rate * u) * rate_then(kind, p, x[who], t[who], u)
    return total[of.ravel()]


def foretell(kind, p, past, silence, horizon, year_rate):
    """Of each customer: P(alive), none within the silence, purchases up to the horizon, and discounted; missing of who
    never bought."""
    x, t_x, t = (past[c].to_numpy(float) for c in ("x", "t_x", "T"))
    known = np.flatnonzero(~np.isnan(x))
    history, of = np.unique(np.stack([x, t_x, t])[:, known], axis=1, return_inverse=True)
    x, t_x, t = history
    there, left = ways(kind, p, x, t_x, t)
    later, left_later = ways(kind, p, x, t_x, t + silence)
    alive = there / (there + left)
    each = (
        alive if kind != "nbd" else np.full(len(x), np.nan),
        (later + left_later) / (there + left),
        alive * expect(kind, p, x, t, horizon, 0.0),
        alive * expect(kind, p, x, t, horizon, np.log1p(year_rate) / 365.25),
    )
    out = np.full((len(each), len(past)), np.nan)
    out[:, known] = np.array(each)[:, of.ravel()]
    return out


def foretell_features(kind, p, spend, past, year_rate):
    """The five features, by the model's parameters and those of spend."""
    alive, none, purchases, discounted = foretell(kind, p, past, 90.0, 365.0, year_rate)
    own = expect_spend(spend, past)
    return {"p_alive": alive, "p_no_purchase_90d": none, "expected_purchases_365d": purchases, "expected_spend": own,
            "clv_365d": discounted * own}


def likelihood(kind, p, x, t_x, t):
    """Logarithm of each history's likelihood, without what does not depend on the parameters."""
    r, alpha = p[:2]
    log_gamma = np.vectorize(math.lgamma)
    there, left = ways(kind, p, x, t_x, t)
    front = log_gamma(r + x) - math.lgamma(r) + r * math.log(alpha) - (r + x) * np.log(alpha + t_x)
    if kind == "pareto-nbd":
        front += p[2] * (math.log(p[3]) - np.log(p[3] + t_x))
    elif kind != "nbd":
        times = (x + (kind == "mbg-nbd")).astype(int)  # that he stayed: factor by factor, as differences lose digits
        stayed = np.log1p(-p[2] / (p[2] + p[3] + np.arange(times.max(initial=0))))
        front += np.concatenate([[0], np.cumsum(stayed)])[times]
    return front + np.log(there + left)


def expect_spend(p, past):
    """A mean of his own and everybody's; of whom a mean above 0 is not known, everybody's."""
    x, mean = past.x.to_numpy(float), past.spend_mean.to_numpy(float)
    told = (x > 0) & (mean > 0)
    n, m = np.where(told, x, 0), np.where(told, mean, 0)
    return np.where(np.isnan(x), np.nan, p[0] * (p[2] + n * m) / (p[0] * n + p[1] - 1))
