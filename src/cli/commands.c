/* commands.c: the table of commands. */
#include "cli/commands.h"

#include <stdint.h>
#include <string.h>

static const cli_verb verbs[CLI_COMMANDS] = {
    [CLI_RUN] =
        {.name = "run",
         .summary = "tables -> features -> clusters -> labels -> files and report",
         .arguments = "[FILE...]",
         .most = SIZE_MAX,
         .about =
             "Reads the tables, gives every customer one row of features, finds the segments, cuts value tiers, "
             "derives "
             "lifecycle stages, and writes everything into one folder, which appears whole or not at all.\n"
             "A FILE is taken for transactions, customers or interactions by its columns; --transactions, --customers "
             "and "
             "--interactions say so. Columns are recognised by common names, or named by options; what was understood "
             "is printed on standard error. A row that cannot be used is rejected alone and listed; rows read = used + "
             "rejected.\n"
             "With --model the segments are those of an earlier run: the tables go through its recipe, centres, cuts "
             "and names, and what has moved since then is reported.",
         .reads = "Tables: CSV, JSON Lines, .xlsx, HDF5 (FILE.h5:/group), also through gzip, zstd and xz, and \"-\" "
                  "for standard input: transactions, customers (one "
                  "of the two is needed), interactions. Several files of one table are read as one; "
                  "'2024-*.csv', quoted, is all that match, in the order of their names. --model: a model.h5. "
                  "--init: a CSV or .npy file of centres, or a model.h5.",
         .writes = "DIR/features.h5, model.h5, segments.csv, rejects.csv, summary.json, manifest.json, report.json, "
                   "report.html; a "
                   "short table on standard output.",
         .output = "DIR",
         .output_help = "the folder to make",
         .examples = "tesela run orders.csv visits.csv --output out\n"
                     "tesela run orders.csv --customer buyer --amount \"qty * price\" --output out\n"
                     "tesela run --customers people.csv --transactions 2018.csv 2019.csv.gz \\\n"
                     "    --config shop.yaml --until 2019-06-30 --output out --force\n"
                     "tesela run --customers people.csv --value \"Total spend\" --output out\n"
                     "tesela run --transactions orders.csv --model out/model.h5 --output may",
         .run = cli_run},
    [CLI_CHECK] =
        {.name = "check",
         .summary = "tables -> what is in them, and what is amiss",
         .arguments = "[FILE...]",
         .most = SIZE_MAX,
         .about =
             "Reads the tables as run does and prints each column as it stands: type, missing and distinct values, "
             "range, quantiles, frequent values, a histogram, also of columns that run does not use; and each finding "
             "with its severity, count and first examples, what run would refuse among them (docs/findings.md).\n"
             "Nothing is refused but a file that cannot be read at all (exit status 3). Cells of columns that name "
             "people or orders are not shown unless --show-values asks for them.",
         .reads = "The tables, as run does, but for standard input and pipes, which cannot be read twice.",
         .writes = "Tables on standard output. --json=FILE, --html, --write-config: files.",
         .examples = "tesela check orders.csv people.csv\n"
                     "tesela check orders.csv --html check.html --write-config shop.yaml\n"
                     "tesela check --config shop.yaml --json",
         .run = cli_check},
    [CLI_FEATURES] =
        {.name = "features",
         .summary = "tables -> features.h5",
         .arguments = "[FILE...]",
         .most = SIZE_MAX,
         .about =
             "The first stage of run: reads the tables and writes one row of features a customer, with the normalised "
             "demographic, behavioral and value vectors, as an AnnData file. With --like they are made as those of "
             "another file are, so that its model can be applied to them.\n"
             "With --explain it tells how a feature is computed, and makes nothing; tables are not needed for that.",
         .reads = "The tables, as run does. --like: a features.h5 or model.h5.",
         .writes = "--output: features.h5. --rejects: the rows that could not be used.",
         .output = "FILE.h5",
         .output_help = "the features file to write",
         .examples = "tesela features --transactions orders.csv --output features.h5 \\\n"
                     "    --rejects rejects.csv\n"
                     "tesela features --transactions may.csv --like model.h5 --output may.h5\n"
                     "tesela features --explain recency_days",
         .run = cli_features},
    [CLI_CLUSTER] =
        {.name = "cluster",
         .summary = "features.h5, or any numeric data -> model.h5",
         .arguments = "DATA",
         .least = 1,
         .most = 1,
         .about =
             "Parallel k-means: for every k of the sweep the best of some restarts, with its quality; then the chosen "
             "k's model, with a tree that explains its clusters by plain rules, and all that label, assign and run "
             "--model need.\n"
             "DATA is a features.h5, or plain numbers to benchmark with: CSV, .npy, or FILE.h5:/path for an array in "
             "an HDF5 file. The columns of plain data are scaled by --scale first (z by default).\n"
             "--init begins with given centres, or those of an earlier model, in place of seeds. --weight lets rows "
             "count more or less often, or (0) not at all.",
         .reads =
             "DATA, also from standard input (\"-\"), where it is told by its bytes. --init: a CSV or .npy file of "
             "centres, or a model.h5.",
         .writes = "--output: model.h5. --labels: row (or id) and cluster, both from 1. The sweep on standard output.",
         .output = "FILE.h5",
         .output_help = "the model file to write",
         .output_default = "not written",
         .examples = "tesela cluster features.h5 --output model.h5\n"
                     "tesela cluster iris.csv --ignore species --k 3 --scale none --labels c.csv\n"
                     "tesela cluster features.h5 --init last/model.h5 --output model.h5\n"
                     "tesela cluster survey.csv --weight design_weight --k 5 --labels c.csv\n"
                     "tesela cluster points.npy --k-min 2 --k-max 20 --restarts 50 --json",
         .run = cli_cluster},
    [CLI_LABEL] =
        {.name = "label",
         .summary = "features.h5 + model.h5 -> segments.csv",
         .arguments = "FEATURES.h5 MODEL.h5",
         .least = 2,
         .most = 2,
         .about =
             "Gives each customer the named segment of the model's nearest centre, a value tier, and a lifecycle stage "
             "from his own purchase gaps, and writes one row a customer. Names, tier cuts and the population's gap are "
             "the model's, unless --refit lists them.\n"
             "Rule sets and the table of strategies, where they are given, stand in place of the model's. --check "
             "tells "
             "what they do before anything is written, --advise where the natural breaks of the value lie and what "
             "each "
             "way of cutting tiers would give.",
         .reads = "FEATURES.h5 and MODEL.h5: of one recipe, that is made from one another or by --like. One of the two "
                  "may be \"-\" for standard input.",
         .writes =
             "--output: segments.csv (\"-\" for standard output); --write-strategies: the table of strategies; a "
             "short table on standard output. --check: what is found of the rules, and no file; --advise: where tiers "
             "could be cut, and no file.",
         .output = "FILE.csv",
         .output_help = "the segments file to write, but with --advise, --check or --write-strategies",
         .examples = "tesela label features.h5 model.h5 --output segments.csv\n"
                     "tesela label features.h5 model.h5 --output segments.csv \\\n"
                     "    --tiers revenue:50%,20%,15%,10%\n"
                     "tesela label features.h5 model.h5 --advise\n"
                     "tesela label features.h5 model.h5 --rules activity,loyalty --check\n"
                     "tesela label features.h5 model.h5 --write-strategies strategies.csv",
         .run = cli_label},
    [CLI_ASSIGN] =
        {.name = "assign",
         .summary = "new rows + model.h5 -> labels.csv, drift",
         .arguments = "DATA MODEL.h5",
         .least = 2,
         .most = 2,
         .about =
             "Gives each row the segment of the model's nearest centre, and reports how far the rows have moved from "
             "those that the model was made from: the population stability index of every feature, sizes and mean "
             "distances of the segments then and now.\n"
             "DATA is a features.h5 that the model's recipe made (tesela features --like MODEL.h5), or plain numbers "
             "for a model of plain numbers: columns are matched by name, those of .npy and HDF5 arrays by place.",
         .reads = "DATA and MODEL.h5; one of the two may be \"-\" for standard input.",
         .writes = "--output: one line a row: id, segment, name, distance, runner-up, confidence, and how many columns "
                   "lie outside the range seen in training (\"-\" for standard output); tables on standard output.",
         .output = "FILE.csv",
         .output_help = "the labels file to write",
         .output_default = "not written",
         .examples = "tesela features --transactions may.csv --like model.h5 --output may.h5\n"
                     "tesela assign may.h5 model.h5 --output labels.csv\n"
                     "tesela assign points.npy model.h5 --json",
         .run = cli_assign},
    [CLI_EVALUATE] =
        {.name = "evaluate",
         .summary = "rows + labels of any tool -> what they are worth",
         .arguments = "--labels FILE [--data FILE [--truth FILE]] [--transactions FILE... --cut DATE]",
         .about =
             "Judges the labels that any tool gave to the rows of any numeric table: silhouette (with its standard "
             "error), simplified silhouette, Calinski-Harabasz, Davies-Bouldin, X-means BIC, on request Dunn, and each "
             "segment's size and silhouette. With the true labels also how far both go together: adjusted Rand, AMI, "
             "NMI, V, Fowlkes-Mallows, pair-sets index, normalised clustering accuracy, and which label is which.\n"
             "Rows are matched by their ids where both files have them (--id names the data's), by their number "
             "otherwise. Numbers are taken as they are, unless --scale says otherwise; features in the space that "
             "clusters are found in. Rows without a label are left out and counted.\n"
             "With --transactions and --cut the labels are those that customers had on that day, and they are judged "
             "by "
             "what came after it, beside a map of RFM scores and fifths of spend: who bought, what was spent, and how "
             "much of it the labels told (eta², AUC).",
         .reads =
             "--data: CSV, .npy, an array in an HDF5 file (FILE.h5:/array), or features.h5. --labels, --truth: CSV "
             "or .npy, texts or numbers. --transactions: as for run; with ids among the labels. One of them may be "
             "\"-\" for standard input.",
         .writes = "Tables on standard output.",
         .examples = "tesela evaluate --data points.npy --labels hdbscan.npy --noise -1\n"
                     "tesela evaluate --data iris.csv --ignore species --labels c.csv \\\n"
                     "    --truth iris.csv --truth-column species\n"
                     "tesela evaluate --data out/features.h5 --labels out/segments.csv --json\n"
                     "tesela evaluate --labels june.csv --transactions orders.csv \\\n"
                     "    --cut 2024-07-01 --horizon 90",
         .run = cli_evaluate},
    [CLI_COMPARE] =
        {.name = "compare",
         .summary = "two runs -> who moved, where value went, what a treatment did",
         .arguments = "RUN_A RUN_B",
         .least = 2,
         .most = 2,
         .about =
             "Compares the folders of two runs of the same customers, the earlier one first: from which segment, tier "
             "and stage to which they went, and what changed most for them; what the value of each group gained and "
             "lost, by those who stayed, came, left, are new or vanished; how far each feature has moved (population "
             "stability index). It says whether both runs have one model: where they have not, moves are also the "
             "model's.\n"
             "With --treated and --control (or --customers and --treatment) it tells what a campaign did: churn, "
             "purchases, spend, satisfaction and outcomes before and after, the treated against the others, by "
             "segment and tier, with intervals of 95 %. Without others it says what cannot be concluded.",
         .reads = "RUN_A and RUN_B: folders that run wrote; segments.csv must be there, of summary.json, features.h5 "
                  "and model.h5 what is. --treated, --control: CSV files with a column of ids; --customers: a CSV file "
                  "with a column of ids and that of --treatment.",
         .writes = "Tables on standard output. --output: a line for each customer who moved, came or vanished.",
         .output = "FILE.csv",
         .output_help = "the file of those who moved",
         .output_default = "not written",
         .examples = "tesela compare 2011-09 2011-10\n"
                     "tesela compare 2011-09 2011-10 --output movers.csv --lang zh\n"
                     "tesela compare june september --treated mailed.csv \\\n"
                     "    --control held_back.csv --json",
         .run = cli_compare},
    [CLI_VALUE] =
        {.name = "value",
         .summary = "transactions -> RFM, P(alive), expected purchases, value a customer",
         .arguments = "[FILE...]",
         .most = SIZE_MAX,
         .about =
             "Fits models of how often customers buy and whether they still will (NBD, BG/NBD, MBG/NBD, Pareto/NBD, "
             "BG/BB) and of what they spend (Gamma-Gamma), says of each what is to be thought of it, and gives every "
             "customer his history, RFM scores, the probability that he is still there, and what is expected of him.\n"
             "A history is of days: the first one, x later ones, t_x from the first to the last, T from the first to "
             "the end of the data, which --until includes. By default days with a purchase count, and time is in "
             "days; the models are then those of run. Parameters are in the unit asked for.",
         .reads =
             "Transactions, as run does, perhaps customers; or --histories: counted histories. With --model account "
             "customers are enough. --config: a section score is made, too.",
         .writes =
             "--output: one line a customer (\"-\" for standard output), what is unknown is empty; dert is of all "
             "purchases to come, whatever --predict says, each discounted by a --discount above 0. A short table "
             "on standard output.",
         .output = "FILE.csv",
         .output_help = "the values file to write",
         .output_default = "not written",
         .examples = "tesela value --transactions orders.csv --output values.csv\n"
                     "tesela value orders.csv --until 2024-06-30 --unit week --predict 52 --json\n"
                     "tesela value orders.csv --holdout 90d\n"
                     "tesela value orders.csv --customers people.csv --covariates income,city\n"
                     "tesela value --histories histories.csv --model pareto-nbd\n"
                     "tesela value --histories donations.csv --model bg-bb --predict 5",
         .run = cli_value},
    [CLI_EXPORT] =
        {.name = "export",
         .summary = "a run -> files that a CRM loads unedited",
         .arguments = "RUN --for CRM",
         .least = 1,
         .most = 1,
         .about =
             "Writes the segments of a run, with tier, stage, scores, expected value, risk, reason and action of each "
             "customer, as files for Salesforce, Zoho, HubSpot, Fxiaoke or Excel, or as CSV: under the limits of each, "
             "with its names of fields, and beside them the fields and picklist values to set up, the import's job, a "
             "manifest with SHA-256, and a README that says which button to press. Codes never change; names are for "
             "people, in the language of --lang.\n"
             "With --since the files hold who has come to another segment since an earlier run, who else has changed, "
             "who is new, and who vanished. Fxiaoke "
             "gets who is to be updated and who is to be created in files of their own.\n"
             "What the CRM would refuse (ids that stand twice or are too long, values that are in no list, texts "
             "beyond "
             "a field) is refused before anything is written, with row and column; each file is read back before the "
             "folder appears.",
         .reads = "RUN: a folder that run wrote; its segments.csv, summary.json and model.h5. --since: another one.",
         .writes = "DIR: customers-0001.csv, ... (or new-, moved-, changed- and vanished-; .xlsx; .zip), fields.csv, "
                   "picklists.csv, the job as JSON, manifest.json, README.md.",
         .output = "DIR",
         .output_help = "the folder to make",
         .examples = "tesela export out --for salesforce --output out/salesforce\n"
                     "tesela export june --since may --for hubspot --output june/hubspot\n"
                     "tesela export out --for fxiaoke --lang zh --output out/fxiaoke\n"
                     "tesela export out --for zoho --object Contacts --id-column Customer_No \\\n"
                     "    --map zoho.yaml --output out/zoho",
         .run = cli_export},
    [CLI_EXPLAIN] =
        {.name = "explain",
         .summary = "model.h5 -> its clusters as plain rules, also for databases",
         .arguments = "MODEL.h5",
         .least = 1,
         .most = 1,
         .about =
             "Prints the explanation tree of a model, each segment's rule with precision, coverage and lift, and the "
             "price of the explanation: its cost against that of the clusters, and that of trees of other sizes. With "
             "--format the tree is written for "
             "other programs: SQL for a database, JSON, PMML, a picture. With --features it builds another tree, "
             "which is not kept.\n"
             "With --customer it tells of one customer: his way through the tree, where distance and the tree put him, "
             "and the least change that would move him by either.",
         .reads = "MODEL.h5; --features: a features file of the model's recipe.",
         .writes = "The rules, or what is said of the customer, on standard output, or to --output.",
         .output = "FILE",
         .output_help = "where to write the rules",
         .output_default = "standard output",
         .examples = "tesela explain model.h5\n"
                     "tesela explain model.h5 --format sql --dialect duckdb --output segments.sql\n"
                     "tesela explain model.h5 --format svg --lang zh --output tree.svg\n"
                     "tesela explain model.h5 --features features.h5 --leaves 12\n"
                     "tesela explain model.h5 --features features.h5 --customer C001",
         .run = cli_explain},
    [CLI_REPORT] =
        {.name = "report",
         .summary = "a run's folder -> report.html, report.json",
         .arguments = "DIR",
         .least = 1,
         .most = 1,
         .about =
             "Draws the report again from a run's summary.json alone: in another language, for another audience, "
             "or elsewhere. Without --output the run's own report.html is replaced. Beside the page goes what it is "
             "drawn from, under the same name but for .json.",
         .reads = "DIR/summary.json, or a summary.json itself (\"-\": from standard input).",
         .writes = "One self-contained page, DIR/report.html or --output, and its figures, DIR/report.json, or beside "
                   "--output; of a page on standard output (\"-\") none.",
         .output = "FILE.html",
         .output_help = "the page to write",
         .output_default = "DIR/report.html, which is replaced; of a summary.json report.html beside it",
         .examples = "tesela report out --lang zh\n"
                     "tesela report out --lang en --output report-en.html\n"
                     "tesela report out --audience executive --brand acme.yaml --currency EUR \\\n"
                     "    --output board.html",
         .run = cli_report},
    [CLI_INSPECT] =
        {.name = "inspect",
         .summary = "any file that tesela wrote -> what is in it",
         .arguments = "FILE",
         .least = 1,
         .most = 1,
         .about =
             "Prints what a features.h5 (the catalogue with each feature's distribution), a model.h5 (clusters, sweep, "
             "tree), a summary.json, a manifest.json, a segments.csv, a rejects.csv, a movers.csv, a values.csv, the "
             "labels of cluster or assign (each column with its missing cells, range and frequent values), or a run's "
             "folder holds. With --customer it tells all that a run's folder, or a features.h5, says of one customer, "
             "with "
             "--warnings whom of a run's customers to call first, as they are likely to leave and much is at stake.",
         .reads = "FILE (\"-\": standard input), or a run's folder.",
         .writes = "Standard output; --output: the list of --warnings (\"-\" for standard output).",
         .output = "FILE.csv",
         .output_help = "the file of the list of --warnings, in place of a table",
         .output_default = "not written",
         .examples = "tesela inspect out\n"
                     "tesela inspect out/features.h5\n"
                     "tesela inspect out --customer C001\n"
                     "tesela inspect out --warnings 20\n"
                     "tesela inspect out --warnings all --output call.csv\n"
                     "tesela inspect out/model.h5 --json",
         .run = cli_inspect},
    [CLI_SYNTH] =
        {.name = "synth",
         .summary = "nothing -> the tables of a business with known truth, or broken ones",
         .arguments = "SCENARIO",
         .least = 1,
         .most = 1,
         .about =
             "Makes the tables of an invented business, what is true of each of its customers, and the configuration "
             "that labels them (docs/scenarios): tesela run --config DIR/config.yaml --output OUT.\n"
             "The same scenario, numbers and seed give the same bytes on every machine.\n"
             "dirty makes those of a shop twice, clean and with a share of their lines "
             "broken as files are broken in practice: stray quotes, ragged lines, bytes that are no text, amounts, "
             "dates and ids in other forms, rows that are none. broken.csv has a line for each defect: kind, file, "
             "line, the line of the clean file, column, what stood there, what stands there now, and what a reader "
             "ought to do (docs/methods/synth.md).",
         .reads = "Nothing.",
         .writes =
             "DIR/transactions.csv, customers.csv, interactions.csv, truth.csv, config.yaml; dirty: DIR/clean/ and "
             "DIR/dirty/ with the three tables, DIR/broken.csv.",
         .output = "DIR",
         .output_help = "the folder to make",
         .examples = "tesela synth company --output company\n"
                     "tesela synth bank --customers 5000 --seed 7 --output bank\n"
                     "tesela synth dirty --output shop --lines 100000 --share 1%,order_total=1\n"
                     "tesela check shop/dirty/transactions.csv --show-values",
         .run = cli_synth},
};

const cli_verb *cli_verb_get(cli_command command)
{
    return &verbs[command];
}

cli_command cli_verb_find(const char *name)
{
    int command = 0;
    while (command < CLI_COMMANDS && strcmp(verbs[command].name, name) != 0) {
        command++;
    }
    return (cli_command)command;
}

const char *cli_verb_get_nearest(const char *name)
{
    const char *names[CLI_COMMANDS + 1];
    for (int command = 0; command < CLI_COMMANDS; command++) {
        names[command] = verbs[command].name;
    }
    names[CLI_COMMANDS] = "help";
    return tsl_name_get_nearest(name, names, CLI_COMMANDS + 1);
}
