/* fuzz_npy.c: any bytes behind the magic as an array of NumPy's, of numbers and of labels. */
#include "fuzz/fuzz_table.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char magic[] = "\x93NUMPY";
    const size_t count = size + sizeof magic - 1;
    char *bytes = malloc(count);
    tsl_error err = {TSL_OK, ""};
    tsl_data *numbers;
    tsl_partition *labels;
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, magic, sizeof magic - 1);
    memcpy(bytes + sizeof magic - 1, data, size);
    const tsl_source source = {.bytes = bytes, .count = count};
    tsl_status status = tsl_data_read(&source, NULL, NULL, &numbers, &err);
    FUZZ_MUST((status == TSL_OK) == (numbers != NULL) && (status == TSL_OK) == (err.message[0] == '\0'));
    tsl_data_free(numbers);
    status = tsl_partition_read(&source, NULL, NULL, &labels, &err);
    FUZZ_MUST((status == TSL_OK) == (labels != NULL) && (status == TSL_OK) == (err.message[0] == '\0'));
    tsl_partition_free(labels);
    free(bytes);
    return 0;
}
