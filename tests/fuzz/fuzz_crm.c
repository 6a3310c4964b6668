/* fuzz_crm.c: any bytes as the folder of a run: a summary, a line "----", and rows. It is exported whole to a target,
 * twice the same, or refused with a message; and whatever was written reads back as it was meant. */
#include <tesela/crm.h>

#include "fuzz/fuzz_table.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256], run_path[300], out_path[300];

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void open_folder(void)
{
    const char *top = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/tesela-fuzz-XXXXXX", top ? top : "/tmp");
    FUZZ_MUST(mkdtemp(folder));
    snprintf(run_path, sizeof run_path, "%s/run", folder);
    snprintf(out_path, sizeof out_path, "%s/out", folder);
    FUZZ_MUST(mkdir(run_path, 0700) == 0 && atexit(remove_folder) == 0);
}

static void put(const char *name, const unsigned char *bytes, size_t count)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", run_path, name);
    FILE *file = fopen(path, "wb");
    FUZZ_MUST(file && fwrite(bytes, 1, count, file) == count && fclose(file) == 0);
}

/* One more export of it; what was said and what it says that it wrote. */
static fuzz_digest take(const tsl_export_options *opt, int threads)
{
    fuzz_digest digest = UINT64_C(0xCBF29CE484222325);
    tsl_error err = {TSL_OK, ""};
    tsl_export *export;
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    const tsl_status status = tsl_export_write(run_path, opt, out_path, 1, &exec, &export, &err);
    FUZZ_MUST((status == TSL_OK) == (export != NULL) && (status == TSL_OK) == (err.message[0] == '\0'));
    FUZZ_MUST(status != TSL_E_INTERNAL && status != TSL_E_IO && status != TSL_E_OPTION && status != TSL_E_NOT_FOUND);
    fuzz_add_text(&digest, err.message);
    if (export) {
        FUZZ_MUST(export->read == export->written + export->unchanged && export->read > 0);
        fuzz_add_text(&digest, export->manifest); /* with the SHA-256 of each file */
        tsl_export_free(export);
    }
    return digest;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char parts[] = "\n----\n";
    const unsigned char *at = memmem(data, size, parts, sizeof parts - 1);
    const size_t first = at ? (size_t)(at - data) : size, from = at ? first + sizeof parts - 1 : size;
    tsl_export_options opt;
    if (!*folder) {
        open_folder();
    }
    put("summary.json", data, first);
    put("segments.csv", data + from, size - from);
    TSL_DEFAULTS(export, &opt);
    for (int target = 0; target < TSL_CRMS; target++) {
        opt.target = (tsl_crm)target;
        opt.since = target % 2 ? run_path : NULL; /* nobody has changed since then */
        const fuzz_digest digest = take(&opt, 1);
        FUZZ_MUST(take(&opt, 3) == digest);
    }
    return 0;
}
