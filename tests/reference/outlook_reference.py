#!/usr/bin/env python3
"""outlook_reference.py: the figures of tests/value/test_outlook.c, by other ways than the library's: P(at least k
purchases) and quantiles of spend as double sums over a customer's own two rates, from the likelihood given these
(trapezoid rule over logarithms). Needs NumPy and SciPy; takes some minutes."""
import numpy as np
from scipy.special import gammainc, gammaln, betaln, expit, log_expit
from scipy.optimize import brentq
N = 1600
def rates(shape, scale):
    u = np.linspace(-60/max(shape,.5)-3, 6, N); l = np.exp(u)*max(shape,1)/scale
    return l, np.exp(shape*np.log(l) - scale*l + shape*np.log(scale) - gammaln(shape))*(u[1]-u[0])
def probs(a, b):
    y = np.linspace(-45, 45, N)
    return expit(y), expit(-y), np.exp(a*log_expit(y)+b*log_expit(-y)-betaln(a,b))*(y[1]-y[0])
def dist(kind, par, x, tx, T, h, K):
    """P(at least k), k = 1..K"""
    if kind == 'pareto':
        r, al, s, be = par
        l, wl = rates(r, al); m, wm = rates(s, be)
        l, m, w = l[:,None], m[None,:], wl[:,None]*wm[None,:]
        lo = x*np.log(l)
        there = w*np.exp(lo - (l+m)*T)
        tot = (w*np.exp(lo)*(m*np.exp(-(l+m)*tx) + l*np.exp(-(l+m)*T))/(l+m)).sum()
        return np.array([(there*(l/(l+m))**k*gammainc(k,(l+m)*h)).sum()/tot for k in range(1,K+1)])
    r, al, a, b = par; stays = x + (kind == 'mbg')
    l, wl = rates(r, al); p, q, wp = probs(a, b)
    there = wl*np.exp(x*np.log(l)-l*T); gone = wl*np.exp(x*np.log(l)-l*tx)
    tot = there.sum()*(wp*q**stays).sum() + (gone.sum()*(wp*p*q**(stays-1)).sum() if stays else 0)
    return np.array([(there*gammainc(k,l*h)).sum()*(wp*q**(stays+k-1)).sum()/tot for k in range(1,K+1)])
def spend(tail, sp, x, m, share):
    p, q, g = sp; shape, scale = q+p*x, g+x*m
    nu, w = rates(shape, scale); w = w/w.sum()
    pk = tail - np.append(tail[1:], 0)
    k = np.arange(1, len(tail)+1)
    cdf = lambda s: 1-tail[0] + (pk[:,None]*w[None,:]*gammainc(p*k[:,None], nu[None,:]*s)).sum()
    return 0. if share <= 1-tail[0] else brentq(lambda s: cdf(s)-share, 1e-9, 1e6, xtol=1e-10, rtol=1e-14)
cases = [('pareto',(.55328,10.57768,.60624,11.66874),6,30,38,52,35), ('pareto',(1.5,4,2.5,30),0,0,10,20,0),
  ('bg',(.8,4,1.5,2.5),6,30,38,52,0), ('mbg',(.8,4,1.5,2.5),6,30,38,52,35), ('mbg',(1.8,4,1.5,2.5),0,0,10,30,0),('mbg',(.52484,6.18309,.89136,1.61400),2,30.43,38.86,39,22.35)]
for kind, par, x, tx, T, h, m in cases:
    t = dist(kind, par, x, tx, T, h, 400)
    print(kind, par, x, tx, T, h, [float('%.12g'%t[k-1]) for k in (1,2,5,12)], 'mean %.12g'%t.sum(), 'k', [int((t > 1-c).sum()) for c in (.1,.5,.9)],
      's', ['%.10g'%spend(t[:250], (6.2496,3.7442,15.4435), x, m, c) for c in (.1,.5,.9)])
