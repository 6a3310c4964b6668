/* fuzz_zip.c: any bytes as a file of a table: workbooks, also damaged ones, and what else is told by its first bytes.
 */
#include "fuzz/fuzz_table.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const int is_hdf5 = size >= 4 && memcmp(data, "\x89HDF", 4) == 0; /* HDF5 itself is not what is looked at */
    if (!is_hdf5) {
        fuzz_digest opening;
        fuzz_split(data, size, (tsl__csv_options){.header = -1}, 0, &opening);
    }
    return 0;
}
