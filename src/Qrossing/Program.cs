using System.CommandLine;
using Qrossing.Commands;

var root = new RootCommand("Qrossing, the integration gateway that never lies about what happened.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    SimulateCommand.Create(),
    MigrateCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    AuditCommand.Create(),
    DoctorCommand.Create(),
    ConnectorCommand.Create(),
};
root.SetAction(ServeCommand.RunDefaultAsync);
return await CommandRunner.RunAsync(root, args);
