"""Purchase and spend models: the program's and lifetimes' times, in turn.

value_rounds.py BUILD FOLDER [COPIES [ROUNDS [MODEL...]]]

Each is a process of its own. Medians of the rounds, in seconds, and their ratio; then how far the two estimates of each
parameter are apart at most, as a share.
"""
import os
import statistics
import subprocess
import sys

MODELS = ["bg-nbd", "mbg-nbd", "pareto-nbd", "gamma-gamma"]
# lifetimes takes minutes for this one: of so many copies at most, unless it is named
SLOW = {"pareto-nbd": 42}


def run(command):
    """What a process printed: by model seconds of the fit, seconds of the expectations, parameters."""
    out = {}
    for line in subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        word = line.split()
        if len(word) > 4 and word[0] in MODELS:
            out[word[0]] = (float(word[1]), float(word[2]), [float(w) for w in word[5:]])
    return out


def measure(build, folder, model, copies, rounds):
    """The two in turn: by who the rounds of one model."""
    here = os.path.dirname(os.path.abspath(__file__))
    ours = [f"{build}/bench/bench_value", "cdnow", folder, str(copies)]
    peer = [sys.executable, "-B", os.path.join(here, "..", "peers_value.py"), folder, str(copies), model]
    return [{"ours": run(ours)[model], "peer": run(peer)[model]} for _ in range(rounds)]


def main(build, folder, copies="420", rounds="3", *chosen):
    print(f"{len(os.sched_getaffinity(0))} processors, medians of {rounds}")
    print(f"{'':12}{'customers':>10}{'tesela':>18}{'lifetimes':>20}{'ratio':>9}{'apart':>10}")
    print(f"{'':22}{'fit':>9}{'expect':>9}{'fit':>11}{'expect':>9}")
    for model in chosen or MODELS:
        many = int(copies) if chosen else min(int(copies), SLOW.get(model, int(copies)))
        took = measure(build, folder, model, many, int(rounds))
        median = {who: [statistics.median(r[who][i] for r in took) for i in (0, 1)] for who in ("ours", "peer")}
        ratio = sum(median["peer"]) / sum(median["ours"])
        apart = max(abs(a / b - 1) for a, b in zip(took[0]["ours"][2], took[0]["peer"][2]))
        print(f"{model:12}{2357 * many:10}{median['ours'][0]:9.3f}{median['ours'][1]:9.3f}{median['peer'][0]:11.2f}"
              f"{median['peer'][1]:9.2f}{ratio:9.0f}{apart:10.1e}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
