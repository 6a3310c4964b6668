/* write_sample.c FEATURES IDS CUSTOMERS TRANSACTIONS: writes the sample as a
 * features file and its ids as CSV, for the check by AnnData. */
#include "feature/sample.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    tsl_error err;
    if (argc != 5) {
        fputs("usage: write_sample FEATURES IDS CUSTOMERS TRANSACTIONS\n", stderr);
        return 2;
    }
    tsl_features *features = sample_features((size_t)strtoul(argv[3], NULL, 10), argv[4][0] == '1', 1);
    tsl_status status = tsl_features_write(features, &(tsl_target){.path = argv[1], .replace = 1}, NULL, &err);
    if (status != TSL_OK) {
        fprintf(stderr, "%s\n", err.message);
        tsl_features_free(features);
        return tsl_status_get_exit(status);
    }
    tsl__text text = {0};
    tsl__text_puts(&text, "customer_id\n");
    for (size_t i = 0; i < features->customers; i++) {
        tsl__text_csv(&text, features->id[i]);
        tsl__text_puts(&text, "\n");
    }
    FILE *ids = fopen(argv[2], "we");
    int failed = !ids || text.failed || fwrite(text.data, 1, text.length, ids) != text.length;
    failed |= ids && fclose(ids) != 0;
    tsl__text_free(&text);
    tsl_features_free(features);
    return failed;
}
