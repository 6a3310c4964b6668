/* note_said_words.c: lines that the command line says of what it does, in Chinese. */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    {"note: {1}", "说明：{1!}"},
    {"customers go by pseudonyms, by the key {1}", "客户以化名标识，密钥指纹 {1}"},
    {"{1}: {2} customer{*}, {3} of them found and left out", "{1}：{2} 位客户，其中 {3} 位已找到并排除"},
    {"{1} customer{*} of {2} stand{*} in no input", "{2} 中有 {1} 位客户不在任何输入中"},
    {"{1} thread{*} instead of {2}, as the system gives no more (memory, or a limit on processes)",
     "使用 {1} 个线程，而非 {2} 个：系统不再提供更多（内存或进程数限制）"},
    {"{1}: {2} row{*} read, {3} used, {4} rejected ({5})", "{1!}：读取 {2} 行，使用 {3} 行，拒绝 {4} 行（{5}）"},
    {"{1}: {2} row{*} read, {3} used, {4} rejected", "{1!}：读取 {2} 行，使用 {3} 行，拒绝 {4} 行"},
    {"data: {1} row{*}, {2} column{*}, scale: {3} (columns as they are)",
     "数据：{1} 行，{2} 列，标准化：{3}（保持原样）"},
    {"data: {1} row{*}, {2} column{*}, scale: {3}", "数据：{1} 行，{2} 列，标准化：{3}"},
    {"data: {1} row{*}, {2} column{*}", "数据：{1} 行，{2} 列"},
    {"features: {1} customer{*}, {2} column{*}, in the space that clusters are found in",
     "特征：{1} 位客户，{2} 列，在聚类所用的空间中"},
    {"scale: {1}: columns {2} (the default; --scale none takes them as they are)",
     "标准化：{1}：各列{2!}（默认；--scale none 则保持原样）"},
    {"scale: {1}: columns {2}", "标准化：{1}：各列{2!}"},
    {"as they are", "保持原样"},
    {"less their mean, by their population standard deviation", "减去均值后除以总体标准差"},
    {"to 0..1 by their least and greatest value", "按最小值与最大值换算到 0 至 1"},
    {"less their median, by their interquartile range", "减去中位数后除以四分位距"},
    {"by their ranks, to what these would be of a normal distribution", "按名次换算为正态分布的取值"},
    {"labels: {1}, matched by id", "标签：{1}，按编号匹配"},
    {"labels: {1}, matched by row", "标签：{1}，按行匹配"},
    {"truth: {1}, matched by id", "真实分组：{1}，按编号匹配"},
    {"truth: {1}, matched by row", "真实分组：{1}，按行匹配"},
    {"{1} is looked at as {2}", "{1} 按{2!}检查"},
    {"{1} is taken for {2}, by {3}", "{1} 视为{2!}，依据 {3,}"},
    {"{1} stands for {2} file{*}: {3}", "{1} 匹配 {2} 个文件：{3}"},
    {"{1} is unfinished, by a run that was killed or is still going on; if it was killed, delete it",
     "{1} 尚未完成：对应的运行已被终止或仍在进行；若已终止，请删除"},
    {"{1} is another run's now: it does not hold what this run went on from, and what has changed since is not told; "
     "--previous RUN tells it of any run",
     "{1} 现为另一次运行的结果，不含本次运行所承接的内容，因此不显示其后的变化；用 --previous RUN 可指定任意一次运行"},
};

const tsl__note_patterns tsl__said_words = {words, sizeof words / sizeof *words};

/* Parts of notes. */
static const tsl__note_pattern parts[] = {
    {"{1} and {2} more pairs", "{1,}，另有 {2} 对"},
    {"{1} ({2}) and {3} ({4})", "{1}（{2}）与 {3}（{4}）"},
    {"{1} and {2} ({3})", "{1} 与 {2}（{3}）"},
    {"{1} ({2}) beside {3} ({4})", "{1}（{2}）与 {3}（{4}）"},
    {"the net amount in the {1} day{*} from {2} on, by what was known before",
     "{2} 起 {1} 天的净消费（依据此前已知的信息）"},
    {"what they spent after the cut", "切分日之后的消费"},
    /* Columns by which a table is told, with their roles. */
    {"{1} (customer)", "{1}（客户）"},
    {"{1} (order)", "{1}（订单）"},
    {"{1} (time)", "{1}（时间）"},
    {"{1} (amount)", "{1}（金额）"},
    {"{1} (cost)", "{1}（成本）"},
    {"{1} (quantity)", "{1}（数量）"},
    {"{1} (price)", "{1}（单价）"},
    {"{1} (product)", "{1}（商品）"},
    {"{1} (category)", "{1}（类别）"},
    {"{1} (channel)", "{1}（渠道）"},
    {"{1} (payment)", "{1}（支付方式）"},
    {"{1} (currency)", "{1}（货币）"},
    {"{1} (kind)", "{1}（类型）"},
    {"{1} (minutes)", "{1}（时长）"},
    {"{1} (pages)", "{1}（页数）"},
    {"{1} (satisfaction)", "{1}（满意度）"},
    {"{1} (nps)", "{1}（推荐意愿（NPS））"},
    {"{1} (recency)", "{1}（最近购买天数）"},
    {"{1} (last_order)", "{1}（最近下单日）"},
    {"{1} (first_order)", "{1}（首次下单日）"},
    {"{1} (orders)", "{1}（订单数）"},
    {"{1} (spend)", "{1}（消费总额）"},
    {"{1} (mean_order)", "{1}（客单价）"},
};

const tsl__note_patterns tsl__said_parts = {parts, sizeof parts / sizeof *parts};
