"""lifetimes on the data of `bench_value cdnow`, for ratios taken in the same session.

peers_value.py FOLDER COPIES MODEL

A line as bench_value prints it: model, seconds of the fit, seconds of the expectations (purchases within a year, alive;
of the Gamma-Gamma the mean spend), log-likelihood, a word, parameters. Histories are given one a customer, as its guide
does.
"""
import sys
import time

import lifetimes
import numpy as np


def read(folder, name, copies):
    rows = np.loadtxt(f"{folder}/{name}", delimiter=",", skiprows=1)
    return np.tile(np.repeat(rows, rows[:, -1].astype(int), axis=0), (copies, 1))


def run_purchases(fitter, rows):
    x, t_x, t = rows[:, 0], rows[:, 1] / 7, rows[:, 2] / 7
    began = time.perf_counter()
    fitter.fit(x, t_x, t)
    fitted = time.perf_counter()
    fitter.conditional_expected_number_of_purchases_up_to_time(365 / 7, x, t_x, t)
    fitter.conditional_probability_alive(x, t_x, t)
    return fitted - began, time.perf_counter() - fitted


def run_spend(fitter, rows):
    x, mean = rows[:, 0], rows[:, 1] / 100 / rows[:, 0]
    began = time.perf_counter()
    fitter.fit(x, mean)
    fitted = time.perf_counter()
    fitter.conditional_expected_average_profit(x, mean)
    return fitted - began, time.perf_counter() - fitted


FITTERS = {
    "bg-nbd": (lifetimes.BetaGeoFitter, run_purchases, "histories_39_weeks.csv"),
    "mbg-nbd": (lifetimes.ModifiedBetaGeoFitter, run_purchases, "histories_39_weeks.csv"),
    "pareto-nbd": (lifetimes.ParetoNBDFitter, run_purchases, "histories_39_weeks.csv"),
    "gamma-gamma": (lifetimes.GammaGammaFitter, run_spend, "spend_39_weeks.csv"),
}


def main(folder, copies, model):
    make, run, name = FITTERS[model]
    fitter = make()
    fit, expect = run(fitter, read(folder, name, int(copies)))
    parameters = " ".join(f"{p:.9g}" for p in fitter.params_.values)
    print(model, f"{fit:.3f} {expect:.3f}", float("nan"), "lifetimes", parameters)


if __name__ == "__main__":
    main(*sys.argv[1:])
