/* test_command_line.c: the command line: what it takes, and what it says to the rest. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct misuse {
    const char *line, *message;
} misuse;

static const misuse misuses[] = {
    {"rnu", "\"rnu\" is no command (did you mean \"run\"?)"},
    {"zzzzzz", "\"zzzzzz\" is no command\n"},
    {"--versoin", "\"--versoin\" is no option before a command (did you mean \"--version\"?)"},
    {"--json run", "\"--json\" is no option before a command\n"},
    {"help lable", "there is no help on \"lable\" (did you mean \"label\"?)"},
    {"run --transaction a.csv", "run has no option --transaction (did you mean --transactions?)"},
    {"run --zzzzzz", "run has no option --zzzzzz\n"},
    {"run -x", "run has no option -x: options are written out"},
    {"run -k 3", "run has no option -k (did you mean --k?)"},
    {"run --silhouette 3", "run has no option --silhouette (did you mean --silhouette-rows?)"},
    {"run --k 3 --k 4", "--k takes one value, but two were given: 3 and 4"},
    {"run --output=a --output b", "--output takes one value, but two were given: a and b"},
    {"run --lang en --lang en", "--lang takes one value, but two were given: en and en"},
    {"label a b --tiers quantile --tiers cuts:4,3,2,1", "two were given: quantile and cuts:4,3,2,1"},
    {"run --config a.yaml --config b.yaml", "--config takes one value, but two were given: a.yaml and b.yaml"},
    {"run --transactions a.csv --include a b",
     "\"b\" is not expected: the names of a list are parted by commas, --include a,b, or each has its own --include"},
    {"run --transactions a.csv --exclude=a b", "--exclude a,b, or"},
    {"run --transactions a.csv --include", "--include needs a value: names parted by commas (a,b,c)"},
    {"run a.csv --include x b.csv --output out", "\"b.csv\" is not expected: the names of a list are parted by commas"},
    {"run --output out", "run needs FILE..., --transactions FILE... or --customers FILE..."},
    {"run --interactions a.csv --output out", "run needs FILE..., --transactions FILE... or --customers FILE..."},
    {"run --transactions a.csv", "run needs --output DIR"},
    {"run --transactions --output out", "--transactions needs a value: one or more"},
    {"run --transactions - --customers - --output out", "standard input (-) can be read only once"},
    {"run --transactions a.csv --output out --json=yes", "--json takes no value, but \"yes\" was given"},
    {"run --transactions a.csv --output out --lang fr", "--lang: \"fr\" is not zh or en"},
    {"run --progress alwys", "--progress: \"alwys\" is not auto, always or never (did you mean always?)"},
    {"run --as-of 2011-02-30", "--as-of: \"2011-02-30\" is not a date, YYYY-MM-DD"},
    {"run --transactions a --output o --as-of 2011-12-10 --until 2011-12-09",
     "--as-of and --until contradict each other: give one of them"},
    {"run --max-rejects 11", "--max-rejects: \"11\" is not a share, 0 to 1 or a percentage"},
    {"run --max-rejects 110%", "--max-rejects: \"110%\" is not a share"},
    {"run --delimiter colon", "--delimiter: \"colon\" is not comma, semicolon, tab, pipe or blanks"},
    {"run --encoding ebcdic", "--encoding: \"ebcdic\" is not utf-8, gb18030, windows-1252, utf-16le or utf-16be"},
    {"features --transactions a --output b --k 3", "features has no option --k (it belongs to: run, cluster)"},
    {"label a b --output c --labels d", "label has no option --labels (it belongs to: cluster, evaluate)"},
    {"label a b --output c --seed 3", "label has no option --seed (it belongs to: run, cluster, evaluate, synth)"},
    {"label a --output c", "label needs FEATURES.h5 MODEL.h5"},
    {"label a b c --output d", "\"c\" is not expected: label takes FEATURES.h5 MODEL.h5"},
    {"label a b --output d --tiers revnue", "(did you mean revenue?)"},
    {"label a b --output d --tiers cuts", "tiers: by cuts they need the least value"},
    {"label a b --output d --tiers cuts:1,2,3,4", "--tiers: the cuts must fall, but 1 is followed by 2"},
    {"label a b --output d --tiers cuts:4,x,2", "--tiers: \"4,x,2\" is not a list of numbers, falling"},
    {"label a b --output d --tiers cuts:100,>-60", "--tiers: a cut is over 0, or >0, not >-60: values of 0 and less"},
    {"label a b --output d --tiers cuts:>4,>4", "--tiers: the cuts must fall, but >4 is followed by >4"},
    {"label a b --output d --tiers quantile:0", "with shares that add up to 0 all customers are in one tier"},
    {"label a b --output d --tiers quantile:1", "with shares that add up to 1 all customers are in one tier"},
    {"label a b --output d --tiers revenue:100%", "with shares that add up to 1 all customers are in one tier"},
    {"label a b --output d --tiers quantile:5", "--tiers: \"5\" is not a share, 0 to 1 or a percentage"},
    {"value --transactions a --rfm quantile:0", "--rfm: \"0\" is neither a number of scores, 2 to 9, nor \"nested\""},
    {"value --transactions a --rfm quantile:1", "--rfm: \"1\" is neither a number of scores, 2 to 9, nor \"nested\""},
    {"label a b --advise --check", "--advise and --check contradict each other"},
    {"label a b --advise --output d", "--advise writes nothing, and so not --output"},
    {"label a b --advise --write-strategies d", "--advise writes nothing, and so not --write-strategies"},
    {"label a b --output d --tiers breaks:1", "--tiers: \"1\" is not a whole number, 2 to 12"},
    {"label a b --output d --tiers quantile:1%,1%,1%,1%,1%,1%,1%,1%,1%,1%,1%,1%", "13 are too many, 2 to 12"},
    {"label a b --output d --tiers revenue:50%,20%,40%,10%", "add up to 1.2, over 1"},
    {"label a b --output - --json", "--json and --output - cannot both have standard output"},
    {"features --transactions a --output b --rejects - --json", "--json and --rejects - cannot both have"},
    {"cluster a.csv --labels - --json", "--json and --labels - cannot both have standard output"},
    {"explain m.h5 --output - --json", "--json and --output - cannot both have standard output"},
    {"cluster", "cluster needs DATA"},
    {"cluster --ignore species a.csv", "cluster needs DATA (put it before --ignore, which takes all that follows)"},
    {"cluster a.csv --k", "--k needs a value: a whole number, 1 to 30000"},
    {"cluster a.csv --k 0", "--k: \"0\" is not a whole number, 1 to 30000"},
    {"cluster a.csv --k -1", "--k: \"-1\" is not a whole number"},
    {"cluster a.csv --k 3.5", "--k: \"3.5\" is not a whole number"},
    {"cluster a.csv --k 99999999999999999999", "is not a whole number"},
    {"cluster a.csv --seed 99999999999999999999", "--seed: \"99999999999999999999\" is not a whole number, 0 or more"},
    {"cluster a.csv --tolerance x", "--tolerance: \"x\" is not a number, 0 to 1"},
    {"cluster a.csv --tolerance nan", "--tolerance: \"nan\" is not a number"},
    {"cluster a.csv --scale robst",
     "--scale: \"robst\" is not z, minmax, robust, rank-normal or none (did you mean robust?)"},
    {"cluster a.csv --k 3 --k-max 5", "--k and --k-max contradict each other: give one of them"},
    {"cluster a.csv --k-min 12", "k_min: 12 is above k_max, 10"},
    {"cluster a.csv --k 5 --leaves 3", "leaves: 3 is below k, 5"},
    {"run --transactions a --output o --target frequency --previous p --hold 2",
     "--hold: with --target segments are found anew, and nobody holds one of the previous run"},
    {"run --transactions a --output o --k 3 --previous p --hold 2", "--hold: with --k segments are found anew"},
    {"run --transactions a --output o --target frequency --anchors p.csv",
     "--anchors and --target contradict each other"},
    {"run --transactions a --output o --target frequency --anchors typical", "--anchors and --target contradict"},
    {"run --transactions a --output o --target frequency --init i.csv", "--init and --target contradict each other"},
    {"run --transactions a --output o --target frequency --hold 2", "--hold goes with --previous"},
    {"run --transactions a --output o --target next --holdout 0", "next is of a period that is held out"},
    {"run --transactions a --output o --target recency_days --evidence full",
     "--evidence does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --dunn", "--dunn does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --apart once", "--apart does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --holdout 30", "--holdout does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --weight w", "--weight does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --restarts 2", "--restarts does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --max-iterations 2",
     "--max-iterations does nothing beside --target: segments are the leaves of the target's tree"},
    {"run --transactions a --output o --target recency_days --tolerance 0", "--tolerance does nothing beside --target"},
    {"run --transactions a --output o --target recency_days --silhouette-rows 9",
     "--silhouette-rows does nothing beside --target"},
    {"run --transactions a --output o --target next --leaves 30", "--leaves does nothing beside --target"},
    {"run --transactions a --output o --target next --tree imm", "--tree does nothing beside --target"},
    {"run --transactions a --output o --target next --round 0", "--round does nothing beside --target"},
    {"run --transactions a --output o --model m.h5 --dunn", "--dunn: what it says is settled by --model"},
    {"run --transactions a --output o --basis core+", "--basis: \"core+\" lacks the name of a feature behind +"},
    {"run --transactions a --output o --basis core+age,,x", "\"core+age,,x\" lacks the name of a feature behind +"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --truth-column x", "--truth-column goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --ignore x", "--ignore goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --scale z", "--scale goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --weight w", "--weight goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --silhouette-rows 9", "--silhouette-rows goes with --data"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --dunn", "--dunn goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --stability 9", "--stability goes with --data FILE"},
    {"evaluate --transactions a --cut 2024-01-01 --labels l --seed 9", "--seed goes with --data FILE"},
    {"evaluate --data a --labels l --dates ymd", "--dates goes with --transactions FILE..."},
    {"evaluate --data a --labels l --max-rejects 1", "--max-rejects goes with --transactions FILE..."},
    {"evaluate --data a --labels l --horizon 9", "--horizon goes with --transactions FILE..."},
    {"evaluate --data a --labels l --truth-column x", "--truth-column goes with --truth FILE"},
    {"run --transactions a --output o --method tree", "--method tree needs --target NAME"},
    {"explain model.h5 --leaves 3", "--leaves needs --features FILE"},
    {"inspect", "inspect needs FILE"},
    {"inspect a b", "\"b\" is not expected: inspect takes FILE"},
};

static void refuses_misuse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
        assert_run(2, "%s", misuses[i].line);
        assert_err(misuses[i].message);
        assert_err("tesela: ");
        assert_err("Try 'tesela ");
        assert_string_equal(last_outcome()->out, "");
    }
    assert_entries("");
}

static void says_what_it_is(void **state)
{
    (void)state;
    assert_run(2, " ");
    assert_err("Usage: tesela COMMAND");
    assert_run(0, "--version");
    unsigned number[6];
    char kernel[16];
    int threads, end = 0;
    sscanf(last_outcome()->out, "tesela %u.%u.%u\nkernel: %15[a-z0-9]\nthreads: %d\nHDF5: %u.%u.%u\n%n", &number[0],
           &number[1], &number[2], kernel, &threads, &number[3], &number[4], &number[5], &end);
    assert_true(end > 0 && last_outcome()->out[end] == '\0' && threads > 0);
    assert_string_equal(last_outcome()->err, "");
    assert_run(0, "--help");
    assert_out("Usage:  tesela COMMAND");
}

/* Two clear clusters in one column. */
static void put_data(void)
{
    put("data.csv", "id,x,note\na,1,p\nb,2,q\nc,1.5,r\nd,11,s\ne,12,t\nf,11.5,u\n");
}

static void takes_both_ways_of_writing(void **state)
{
    char *first, *second;
    (void)state;
    put_data();
    assert_run(0, "cluster data.csv --id id --ignore note --k 2 --labels a.csv");
    assert_run(0, "cluster --id=id --ignore=note --k=2 --labels=b.csv data.csv");
    assert_run(0, "cluster --id id --k 2 --labels c.csv --ignore note -- data.csv");
    first = get("a.csv", NULL);
    second = get("b.csv", NULL);
    assert_string_equal(first, second);
    free(second);
    second = get("c.csv", NULL);
    assert_string_equal(first, second);
    free(second);
    assert_int_equal(strncmp(first, "id,cluster\na,", 13), 0);
    free(first);
}

static void takes_several_values(void **state)
{
    (void)state;
    put("data.csv", "x,p,q,r\n1,a,a,a\n2,b,b,b\n9,c,c,c\n");
    assert_run(0, "cluster data.csv --ignore p q r --k 2 --quiet");
    assert_run(0, "cluster data.csv --ignore p --ignore q '#4' --k 2 --quiet");
    assert_run(3, "cluster data.csv --ignore p --k 2 --quiet");
    put("data.yaml", "cluster:\n  k: 3\n"); /* one from each place is one of each place */
    assert_run(0, "cluster data.csv --ignore p q r --k 2 --config data.yaml --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "clusters.k"), 2);
    json_decref(json);
}

/* What is written to standard output stands there alone, be it the result or what goes with it. */
static void keeps_to_one_result(void **state)
{
    static const char *const lines[] = {"features --transactions t.csv bad.csv --output f.h5 --force --rejects %s",
                                        "cluster f.h5 --k 2 --evidence none --output m.h5 --force --labels %s",
                                        "label f.h5 m.h5 --force --output %s",
                                        "assign f.h5 m.h5 --force --output %s",
                                        "explain m.h5 --force --output %s",
                                        "explain m.h5 --features f.h5 --customer C00002 --force --output %s",
                                        "explain m.h5 --features f.h5 --customer C00002 --json --force --output %s"};
    (void)state;
    put_orders("t.csv", 40, 6);
    put("bad.csv", "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode\n,1,2018-01-01,5,P1\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[128];
        snprintf(line, sizeof line, lines[i], "kept");
        assert_run(0, "%s", line);
        snprintf(line, sizeof line, lines[i], "-");
        assert_run(0, "%s", line);
        char *kept = get("kept", NULL);
        assert_string_equal(last_outcome()->out, kept);
        free(kept);
    }
    json_decref(get_json());
}

static void keeps_quiet(void **state)
{
    (void)state;
    put_data();
    assert_run(0, "cluster data.csv --id id --ignore note --k 2 --quiet");
    assert_string_equal(last_outcome()->out, "");
    assert_string_equal(last_outcome()->err, "");
    assert_run(0, "cluster data.csv --id id --ignore note --k 2 --json --quiet");
    assert_string_equal(last_outcome()->err, "");
    json_decref(get_json());
}

static void shows_progress_where_asked(void **state)
{
    (void)state;
    put_data();
    assert_run(0, "cluster data.csv --id id --ignore note --k 2");
    assert_null(strchr(last_outcome()->err, '\r')); /* piped */
    assert_run(0, "cluster data.csv --id id --ignore note --k 2 --progress always");
    assert_err("\rcluster");
    assert_run(0, "cluster data.csv --id id --ignore note --k 2 --progress never");
    assert_null(strchr(last_outcome()->err, '\r'));
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(refuses_misuse),
        IN_SANDBOX(says_what_it_is),
        IN_SANDBOX(takes_both_ways_of_writing),
        IN_SANDBOX(takes_several_values),
        IN_SANDBOX(keeps_quiet),
        IN_SANDBOX(keeps_to_one_result),
        IN_SANDBOX(shows_progress_where_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
