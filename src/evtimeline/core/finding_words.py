"""The words of findings in English and Chinese: what was found, and what to do about it."""

from collections.abc import Mapping

from evtimeline.core.findings import Finding

_TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    # settings: what, what to do, 什么, 怎么办
    "settings": ("{file}: settings of your own: {n}, nothing wrong", "", "{file}：自设{n}项，没有问题", ""),
    "setting wrong": ("{why}", "", "{why}", ""),
    "no workspace": ("{why}", "", "{why}", ""),
    "secret": ("{name}: {why}", "", "{name}：{why}", ""),
    # files
    "files private": ("files that nobody else reads or writes: {n}", "", "{n}个文件他人均不可读写", ""),
    "files readable": ("others may read {paths}", "{command}", "他人可读：{paths}", "{command}"),
    "files writable": ("others may write {paths}", "{command}", "他人可写：{paths}", "{command}"),
    # database
    "database": ("{place} is whole: revision {revision}, {size}", "", "{place} 完好：版本 {revision}，{size}", ""),
    "unusable": ("{why}", "", "{why}", ""),
    "no address": ("not looked at, as its setting is wrong", "", "其设置有误，未检查", ""),
    "not looked at": ("not looked at, as the database cannot be used", "", "数据库不可用，未检查", ""),
    "damaged": (
        "{place} is damaged: {why}",
        "stop everything, and put the last backup back: evtimeline restore FILE",
        "{place} 已损坏：{why}",
        "停止所有进程，恢复最近的备份：evtimeline restore FILE",
    ),
    "orphans": (
        "rows of {place} refer to others that are not there: {tables}",
        "put the last backup back (evtimeline restore FILE), or report this if no disk or tool can have done it",
        "{place} 中有行引用不存在的行：{tables}",
        "恢复最近的备份（evtimeline restore FILE）；若非磁盘或其他工具所致，请报告",
    ),
    "read only": (
        "{place} takes no writes: it is a standby",
        "name the primary server as database",
        "{place} 不可写：是备用服务器",
        "请将 database 设为主服务器",
    ),
    "old server": (
        "PostgreSQL {version} is older than what is tested, 15",
        "upgrade the server when you can",
        "PostgreSQL {version} 低于经过测试的 15",
        "请择机升级服务器",
    ),
    "large log": (
        "SQLite's log beside the database has grown to {log}",
        "end programs that read from the database for hours, then: evtimeline housekeep",
        "数据库旁的 SQLite 日志已达 {log}",
        "结束长时间读取数据库的程序，再运行：evtimeline housekeep",
    ),
    "room": ("{free} free on the disk", "", "磁盘剩余 {free}", ""),
    "little room": (
        "only {free} free on the disk, and a backup takes {size}",
        "make room, or shorten [keep] and run: evtimeline housekeep --shrink",
        "磁盘仅剩 {free}，而备份需要 {size}",
        "腾出空间，或缩短 [keep] 后运行：evtimeline housekeep --shrink",
    ),
    "no room": (
        "the disk is nearly full: {free} free",
        "make room now: on a full disk nothing is stored or sent",
        "磁盘将满：仅剩 {free}",
        "请立即腾出空间：磁盘写满后既不能存储也不能发送",
    ),
    # backups
    "backup": ("the last backup is {ago} old", "", "最近的备份在 {ago} 前", ""),
    "old backup": (
        "the last backup is {ago} old",
        "make one: evtimeline backup FILE",
        "最近的备份已是 {ago} 前",
        "请备份：evtimeline backup FILE",
    ),
    "no backup yet": ("no backup yet, and nothing old to lose", "", "尚无备份，数据也还新", ""),
    "no backup": (
        "the ledger was never backed up",
        "make one, and let cron make more: evtimeline backup FILE",
        "账本从未备份",
        "请备份，并由 cron 定期执行：evtimeline backup FILE",
    ),
    # clock
    "clock": ("it is {now}, and all zones are known", "", "现在是 {now}，时区齐全", ""),
    "clock stopped": (
        "EVTIMELINE_NOW makes it {now} for ever",
        "unset EVTIMELINE_NOW, unless this is a demonstration",
        "EVTIMELINE_NOW 使时间停在 {now}",
        "若非演示，请取消 EVTIMELINE_NOW",
    ),
    "clock early": (
        "the clock says {now}, before this version was made",
        "set the clock (timedatectl set-ntp true)",
        "时钟为 {now}，早于本版本发布",
        "请校准时钟（timedatectl set-ntp true）",
    ),
    "clock back": (
        "the clock says {now}, but the database knows of {newest}",
        "set the clock; if it was ahead before, all is well again once it has caught up",
        "时钟为 {now}，而数据库中已有 {newest} 的记录",
        "请校准时钟；若此前走快，待追上后即恢复正常",
    ),
    "zone unknown": (
        "this machine does not know the time zone {zone}",
        "install its zones (the package tzdata), or correct the name",
        "本机没有时区 {zone}",
        "请安装时区数据（tzdata 包），或更正名称",
    ),
    # feeds
    "feeds": (
        "enabled: {n}, of which well: {fine}, never asked: {new}; switched off: {off}",
        "",
        "{n}个订阅源：{fine}个上次正常，{new}个未抓取；另有{off}个停用",
        "",
    ),
    "no feeds": (
        "feeds.yaml has no enabled feed",
        "evtimeline feed add URL",
        "feeds.yaml 中没有启用的订阅源",
        "evtimeline feed add URL",
    ),
    "catalogue": ("{why}", "correct feeds.yaml; meanwhile a daemon goes on with the feeds from before", "{why}",
                  "请更正 feeds.yaml；在此之前守护进程沿用原有订阅源"),
    "feeds fail": (
        "broken feeds: {n}: {worst}",
        "evtimeline feed list says more; feeds that are gone for good can be taken out of feeds.yaml",
        "{n}个订阅源故障：{worst}",
        "详见 evtimeline feed list；永久失效的可从 feeds.yaml 删去",
    ),
    "all feeds fail": (
        "all feeds are broken ({n}): {worst}",
        "look to this machine's network, name servers and proxy",
        "全部{n}个订阅源故障：{worst}",
        "请检查本机网络、DNS 与代理",
    ),
    "feeds silent": (
        "feeds that answer, but have brought nothing new for long: {n}: {worst}",
        "look whether they have moved: evtimeline feed check URL",
        "{n}个订阅源有应答，但久无新内容：{worst}",
        "请查看是否已迁移：evtimeline feed check URL",
    ),
    "feeds untouched": (
        "feeds that were due more than a day ago and never polled: {n}",
        "start evtimeline daemon, or look into its log",
        "{n}个订阅源到期已超过一天，从未抓取",
        "启动 evtimeline daemon，或查看其日志",
    ),
    "feeds unlisted": (
        "feeds of feeds.yaml that were not taken up since it was written: {n}",
        "start evtimeline daemon, or run evtimeline poll",
        "feeds.yaml 写入后仍有{n}个订阅源未被采用",
        "启动 evtimeline daemon，或运行 evtimeline poll",
    ),
    "feed twice": (
        "{first} and {second} look like one feed",
        "keep one: every entry is read twice",
        "{first} 与 {second} 似为同一订阅源",
        "请保留其一，否则条目会读两遍",
    ),
    # running
    "daemon": ("the daemon {name} has run for {since}, last heard of {beat} ago", "",
               "守护进程 {name} 已运行 {since}，{beat} 前有心跳", ""),
    "daemon lost": (
        "the daemon {name} did not end cleanly and was last heard of {beat} ago",
        "start it again, unless that was meant",
        "守护进程 {name} 未正常结束，最后心跳在 {beat} 前",
        "若非有意，请重新启动",
    ),
    "daemon old": (
        "the daemon {name} still runs version {version}; {ours} is installed",
        "restart it",
        "守护进程 {name} 仍在运行版本 {version}，已安装 {ours}",
        "请重启",
    ),
    "no daemon": ("no daemon runs, and nothing is late", "",
                  "没有守护进程，也没有逾期事项", ""),
    "nobody works": (
        "nobody polls or sends what is due",
        "start evtimeline daemon (systemctl start evtimeline), or run evtimeline run --once by cron",
        "到期事项无人处理",
        "启动 evtimeline daemon（systemctl start evtimeline），或由 cron 执行 evtimeline run --once",
    ),
    "held": ("evtimeline {what} (process {pid} on {host}) has held the workspace for {since}", "",
             "evtimeline {what}（{host} 上的进程 {pid}）占用工作区已 {since}", ""),
    "holder silent": (
        "evtimeline {what} (process {pid} on {host}) has held the workspace for {since}, and is not heard of",
        "look into its log, then restart it: kill {pid}",
        "evtimeline {what}（{host} 上的进程 {pid}）占用工作区已 {since}，却没有心跳",
        "查看其日志后重启：kill {pid}",
    ),
    "job failed": (
        "the daemon's job {job} failed last time: {why}",
        "it is tried again by itself; its log says since when",
        "守护进程的任务 {job} 上次失败：{why}",
        "会自动重试；日志中可查何时开始",
    ),
    "round": ("the last evtimeline run --once on {host} ended {ago} ago", "",
              "{host} 上最近一次 evtimeline run --once 在 {ago} 前结束", ""),
    "round failed": (
        "the last evtimeline run --once on {host}, {ago} ago, broke off: {why}",
        "run it again by hand and see: evtimeline run --once",
        "{host} 上最近一次 evtimeline run --once（{ago} 前）中断：{why}",
        "请手动再次执行并查看：evtimeline run --once",
    ),
    "polls due": ("feeds that are due now: {n}, none for long", "", "{n}个订阅源到期，均未久候", ""),
    "polls late": (
        "feeds that are due: {n}, the first for {by}",
        "see that a daemon runs; if one does, raise fetch.at_once or poll less often",
        "{n}个订阅源到期，最早的已等 {by}",
        "请确认守护进程在运行；若在运行，请调高 fetch.at_once 或降低频率",
    ),
    # messages
    "messages due": ("messages that are due now: {n}, none for long", "", "{n}条消息待发，均未久候", ""),
    "messages late": (
        "messages that are due: {n}, the first for {by}",
        "see that a daemon runs, or send them: evtimeline digest send",
        "{n}条消息待发，最早的已等 {by}",
        "请确认守护进程在运行，或手动发送：evtimeline digest send",
    ),
    "digests due": ("digests that are due now: {n}, none for long", "", "{n}份摘要到期，均未久候", ""),
    "digests late": (
        "digests that are due and not written: {n}, the first for {by}",
        "see that a daemon runs, or: evtimeline digest send",
        "{n}份摘要到期未写，最早的已等 {by}",
        "请确认守护进程在运行，或运行：evtimeline digest send",
    ),
    "dead": (
        "messages that were given up: {n}: {worst}",
        "when the reason is gone: evtimeline retry --dead",
        "{n}条消息已放弃：{worst}",
        "原因消除后运行：evtimeline retry --dead",
    ),
    "unbuilt": (
        "messages that could not be written: {n}: {worst}",
        "evtimeline digest preview shows where it fails",
        "{n}条消息未能生成：{worst}",
        "用 evtimeline digest preview 查看失败之处",
    ),
    "in doubt": (
        "messages that may have arrived, or not: {n}",
        "nothing: they are sent again under the same Message-ID",
        "{n}条消息不知是否送达",
        "无需处理：会以同一 Message-ID 重发",
    ),
    "unreachable": (
        "nothing reaches {who}: {why}",
        "set it up again, or end the subscription: evtimeline subscriptions remove ID",
        "{who} 收不到消息：{why}",
        "请重新设置，或终止订阅：evtimeline subscriptions remove ID",
    ),
    "no operator": (
        "nobody would be told of broken feeds and lost messages",
        "evtimeline subscriptions edit ID --operator",
        "故障订阅源与丢失消息无人知晓",
        "evtimeline subscriptions edit ID --operator",
    ),
    "told": ("subscriptions: {n}, each by a way that is set up", "", "{n}个订阅，发送方式均已设置", ""),
    "nobody told": ("there are no subscriptions", "", "没有订阅", ""),
    # channels
    "channel": ("{name} answers at {place}", "", "{name} 在 {place} 有应答", ""),
    "channel set": ("{name} is set up, and was not tried", "", "{name} 已设置，未试连", ""),
    "channel down": ("{name}: {why}", "evtimeline channels test {name} tries again", "{name}：{why}",
                     "用 evtimeline channels test {name} 再试"),
    "sent": ("{name} took a test message for {to}", "", "{name} 已收下发往 {to} 的测试消息", ""),
    "not sent": (
        "{name} did not take a test message for {to}: {why}",
        "",
        "{name} 未收下发往 {to} 的测试消息：{why}",
        "",
    ),
    "no channels": ("none is set up: only folders can be written to", "", "未设置任何通道：只能写入文件夹", ""),
    # anything
    "check failed": (
        "this could not be checked, which is a bug in evtimeline ({why})",
        "run it again with EVTIMELINE_DEBUG=1, and report it",
        "此项未能检查，这是 evtimeline 的缺陷（{why}）",
        "请设 EVTIMELINE_DEBUG=1 再运行，并报告",
    ),
}  # fmt: skip


def worded(finding: Finding, language: str) -> tuple[str, str]:
    """What was found and what to do about it, which may be nothing; in zh, or else in English."""
    place = 2 if language == "zh" else 0
    what, remedy = _TEXTS[finding.code][place : place + 2]
    values = dict(finding.values)
    return what.format(**values), remedy.format(**values)
